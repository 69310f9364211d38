package io.siyu.mall.membership.answer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.StringValue;
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

  /** What is stored. */
  public StringValue seal(Message answer) {
    return StringValue.of(cipher.encrypt(Base64.getEncoder().encodeToString(answer.toByteArray())));
  }

  /** What was sealed. */
  public <R extends Message> R open(StringValue stored, Parser<R> parser) {
    try {
      return parser.parseFrom(Base64.getDecoder().decode(cipher.decrypt(stored.getValue())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }
}
