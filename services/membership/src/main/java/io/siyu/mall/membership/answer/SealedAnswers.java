package io.siyu.mall.membership.answer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.StringValue;
import io.siyu.mall.platform.idempotency.RequestKey;
import io.siyu.mall.platform.personal.Cell;
import io.siyu.mall.platform.personal.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Base64;

/**
 * An answer that holds tokens or personal data is stored encrypted: a repeat of the request, whose
 * first answer was lost, gets the same one, and the database alone opens no session and tells no
 * address.
 */
@ApplicationScoped
public class SealedAnswers {

  private final PersonalCipher cipher;

  @Inject
  SealedAnswers(PersonalCipher cipher) {
    this.cipher = cipher;
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
