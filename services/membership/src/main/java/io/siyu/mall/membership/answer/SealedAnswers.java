package io.siyu.mall.membership.answer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.StringValue;
import io.siyu.mall.platform.idempotency.Idempotency;
import io.siyu.mall.platform.idempotency.Repeats;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.personal.PersonalCipher;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An answer that holds tokens or personal data is stored encrypted: a repeat of the request, whose
 * first answer was lost, gets the same one, and the database alone opens no session and tells no
 * address.
 */
@ApplicationScoped
public class SealedAnswers {

  private final PersonalCipher cipher;
  private final Idempotency idempotency;

  @Inject
  SealedAnswers(PersonalCipher cipher, Idempotency idempotency) {
    this.cipher = cipher;
    this.idempotency = idempotency;
  }

  /** {@link Idempotency#once} with an answer that is stored sealed. */
  public <P, R extends Message> Uni<R> once(
      RequestKey key,
      Parser<R> parser,
      Repeats<R> repeats,
      Supplier<Uni<P>> prepare,
      Function<P, Uni<R>> effect) {
    return idempotency
        .once(
            key,
            StringValue.parser(),
            new Repeats<>(
                repeats.atMost(), stored -> repeats.check().apply(open(key, stored, parser))),
            prepare,
            prepared -> effect.apply(prepared).map(answer -> seal(key, answer)))
        .map(stored -> open(key, stored, parser));
  }

  /** What is stored: it opens only as the answer of that request. */
  public StringValue seal(RequestKey key, Message answer) {
    String text = Base64.getEncoder().encodeToString(answer.toByteArray());
    return StringValue.of(cipher.encrypt(cell(key), text));
  }

  /** What was sealed. */
  public <R extends Message> R open(RequestKey key, StringValue stored, Parser<R> parser) {
    try {
      return parser.parseFrom(
          Base64.getDecoder().decode(cipher.decrypt(cell(key), stored.getValue())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }

  private static Cell cell(RequestKey key) {
    return Cell.of("stored_request", "response", key.caller(), key.method(), key.requestId());
  }
}
