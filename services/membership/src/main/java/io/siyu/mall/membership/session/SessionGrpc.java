package io.siyu.mall.membership.session;

import com.google.protobuf.Message;
import io.quarkus.grpc.GrpcService;
import io.siyu.mall.membership.answer.SealedAnswers;
import io.siyu.mall.membership.wechat.RepeatedCodes;
import io.siyu.mall.membership.wechat.WeChat;
import io.siyu.mall.membership.wechat.WeChatPerson;
import io.siyu.mall.platform.error.DatabaseErrors;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.RemoteErrors;
import io.siyu.mall.platform.error.Validation;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.Repeats;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.identity.Caller;
import io.siyu.mall.proto.membership.v1.RefreshSessionRequest;
import io.siyu.mall.proto.membership.v1.Session;
import io.siyu.mall.proto.membership.v1.SignInProvider;
import io.siyu.mall.proto.membership.v1.SignInRequest;
import io.siyu.mall.proto.membership.v1.SignOutRequest;
import io.siyu.mall.proto.membership.v1.SignOutResponse;
import io.siyu.mall.text.TextType;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;

/** Signing in and staying signed in. Open to everybody: the code or the token is the proof. */
@GrpcService
public class SessionGrpc implements io.siyu.mall.proto.membership.v1.Sessions {

  /** The reason when one cannot sign in that way. */
  public static final String PROVIDER_NOT_OFFERED = "PROVIDER_NOT_OFFERED";

  private final WeChat weChat;
  private final SignIn signIn;
  private final SessionCommands commands;
  private final AccessTokens tokens;
  private final RealClock clock;
  private final Idempotency idempotency;
  private final SealedAnswers answers;

  /** An answer is given again only soon, and while the token in it is the session's present one. */
  private final Repeats<Session> repeats;

  @Inject
  SessionGrpc(
      WeChat weChat,
      SignIn signIn,
      SessionCommands commands,
      AccessTokens tokens,
      RealClock clock,
      Idempotency idempotency,
      SealedAnswers answers,
      SessionConfig config) {
    this.weChat = weChat;
    this.signIn = signIn;
    this.commands = commands;
    this.tokens = tokens;
    this.clock = clock;
    this.idempotency = idempotency;
    this.answers = answers;
    this.repeats =
        new Repeats<>(
            config.sessionAnswerLife(),
            stored -> commands.requireCurrent(RefreshSecret.parse(stored.getRefreshToken())));
  }

  @Override
  public Uni<Session> signIn(SignInRequest request) {
    RequestKey key = key("membership.SignIn", request.getRequestId(), request);
    requireOffered(request.getProvider());
    Validation.start().required(TextType.SIGN_IN_CODE, "code", request.getCode()).check();
    SignInWish wish =
        SignInWish.read(
            request.getTouchId(),
            request.getAnonymousId(),
            request.getInviteCode(),
            request.getDevice());
    // A code works once, so WeChat is asked once, however often the rest is tried.
    Uni<WeChatPerson> person = weChat.exchange(request.getCode()).memoize().indefinitely();
    return RepeatedCodes.patiently(() -> signInOnce(key, person, wish));
  }

  @Override
  public Uni<Session> refreshSession(RefreshSessionRequest request) {
    RequestKey key = key("membership.RefreshSession", request.getRequestId(), request);
    RefreshSecret presented = RefreshSecret.parse(request.getRefreshToken());
    return answers
        .once(
            key,
            Session.parser(),
            repeats,
            () -> Uni.createFrom().voidItem(),
            none -> commands.refresh(presented).map(this::answer))
        .onFailure(failure -> RemoteErrors.hasReason(failure, MemberSession.REUSED))
        .call(() -> commands.revoke(presented));
  }

  @Override
  public Uni<SignOutResponse> signOut(SignOutRequest request) {
    RequestKey key = key("membership.SignOut", request.getRequestId(), request);
    RefreshSecret presented = RefreshSecret.parse(request.getRefreshToken());
    return idempotency.once(
        key,
        SignOutResponse.parser(),
        () -> commands.signOut(presented).replaceWith(SignOutResponse::getDefaultInstance));
  }

  private Uni<Session> signInOnce(RequestKey key, Uni<WeChatPerson> person, SignInWish wish) {
    return answers
        .once(
            key,
            Session.parser(),
            repeats,
            () -> person,
            known -> signIn.signIn(known, wish).map(this::answer))
        // Somebody else has just registered the same person: now the member is there.
        .onFailure(DatabaseErrors::isDuplicateKey)
        .retry()
        .atMost(1);
  }

  private Session answer(OpenSession open) {
    String accessToken =
        tokens.issue(
            open.member().id(), open.member().mergedIds(), open.session(), clock.instant());
    return SessionProto.session(open, accessToken, tokens.life());
  }

  /**
   * Who calls makes no difference here, and must not make two requests out of one: the access token
   * that comes along may have run out between a try and its repeat.
   */
  private static RequestKey key(String method, String requestId, Message request) {
    RequestKey key = RequestKey.of(method, requestId, request);
    return new RequestKey(Caller.ANONYMOUS.key(), method, requestId, key.bodyHash());
  }

  private static void requireOffered(SignInProvider provider) {
    switch (provider) {
      case WECHAT_MINI -> {}
      case WECHAT_H5, SMS ->
          throw DomainException.precondition(
                  PROVIDER_NOT_OFFERED, "one cannot sign in by " + provider + " yet")
              .with("provider", provider);
      default -> throw DomainException.invalid("provider", "must be one of the known ones");
    }
  }
}
