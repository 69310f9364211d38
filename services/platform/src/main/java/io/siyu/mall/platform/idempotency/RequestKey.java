package io.siyu.mall.platform.idempotency;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.identity.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What makes two requests the same one: caller, method and the id that the caller gave. The body's
 * hash tells a repeat from another request under the same id.
 *
 * @param caller {@link Caller#key()}
 * @param method the RPC's name, for example {@code order.PlaceOrder}
 */
public record RequestKey(String caller, String method, String requestId, byte[] bodyHash) {

  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  /**
   * The key of a request by the current caller.
   *
   * @throws DomainException INVALID_ARGUMENT on request_id when it is empty, longer than 128 or has
   *     characters other than visible ASCII
   */
  public static RequestKey of(String method, String requestId, Message request) {
    if (!VALID.matcher(requestId).matches()) {
      throw DomainException.invalid("request_id", "must be 1 to 128 visible ASCII characters");
    }
    return new RequestKey(Caller.current().key(), method, requestId, hash(request));
  }

  /**
   * An id that is the same for every repeat of this request, for what is asked of other services
   * before the transaction: two repeats that run at once then ask for one thing, not for two.
   *
   * @param purpose tells several ids of one request apart
   */
  public UUID stableId(String purpose) {
    byte[] digest =
        sha256()
            .digest(
                String.join("\n", caller, method, requestId, purpose)
                    .getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.wrap(digest);
    long high = bytes.getLong() & ~0xf000L | 0x8000L;
    long low = bytes.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low);
  }

  private static byte[] hash(Message request) {
    byte[] bytes = new byte[request.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    output.useDeterministicSerialization();
    try {
      request.writeTo(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sha256().digest(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
