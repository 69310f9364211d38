package io.siyu.mall.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 answer as it comes in, read just as far as to know where it ends. */
final class HttpAnswer {

  private static final String CHUNKS_END = "0\r\n\r\n";
  private static final int STATUS_AT = 9;
  private static final int SHOWN = 600;

  private final byte[] bytes;
  private int length;
  private int bodyAt;
  private int bodyLength;
  private boolean chunked;

  /**
   * @param max the longest answer that can be taken
   */
  HttpAnswer(int max) {
    this.bytes = new byte[max];
  }

  void clear() {
    length = 0;
    bodyAt = 0;
  }

  /**
   * Takes some bytes.
   *
   * @return true when the answer is whole
   */
  boolean take(ByteBuffer more) throws IOException {
    if (more.remaining() > bytes.length - length) {
      throw new IOException("an answer is longer than " + bytes.length + " bytes");
    }
    int before = length;
    int count = more.remaining();
    more.get(bytes, length, count);
    length += count;
    if (bodyAt == 0 && !readHead(Math.max(0, before - 3))) {
      return false;
    }
    return chunked ? endsWith(CHUNKS_END) : length - bodyAt >= bodyLength;
  }

  int status() {
    return Integer.parseInt(new String(bytes, STATUS_AT, 3, StandardCharsets.US_ASCII));
  }

  /** The beginning of it, to be shown. */
  String text() {
    return new String(bytes, 0, Math.min(length, SHOWN), StandardCharsets.UTF_8);
  }

  private boolean readHead(int from) {
    for (int i = from; i + 3 < length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        bodyAt = i + 4;
        String head =
            new String(bytes, 0, i + 2, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int at = head.indexOf("\r\ncontent-length:");
        chunked = head.contains("\r\ntransfer-encoding: chunked");
        bodyLength =
            at < 0
                ? 0
                : Integer.parseInt(head.substring(at + 17, head.indexOf('\r', at + 2)).strip());
        return true;
      }
    }
    return false;
  }

  private boolean endsWith(String end) {
    if (length - bodyAt < end.length()) {
      return false;
    }
    for (int i = 0; i < end.length(); i++) {
      if (bytes[length - end.length() + i] != end.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
