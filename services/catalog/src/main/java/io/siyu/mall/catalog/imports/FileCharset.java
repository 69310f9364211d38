package io.siyu.mall.catalog.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Which characters a file's bytes are: UTF-8, or what Excel in China saves as CSV, GB18030 (with
 * GBK and GB2312 in it). A few damaged characters do not make a UTF-8 file another: it is the kind
 * of characters that there are more of.
 *
 * @param charset of the text
 * @param start where the text begins, after a byte order mark
 */
record FileCharset(Charset charset, int start) {

  static final Charset GB18030 = Charset.forName("GB18030");

  private static final byte[] UTF_8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final byte[] WORKBOOK = {'P', 'K', 3, 4};
  private static final byte[] OLD_WORKBOOK = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
  private static final byte[] UTF_16 = {(byte) 0xff, (byte) 0xfe};
  private static final byte[] UTF_16_BIG = {(byte) 0xfe, (byte) 0xff};

  /**
   * Looks at the whole file.
   *
   * @throws FileUnusable when it is no such text at all
   */
  static FileCharset of(Path path) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream file = Files.newInputStream(path)) {
      int size = file.readNBytes(buffer, 0, buffer.length);
      if (startsWith(buffer, size, WORKBOOK) || startsWith(buffer, size, OLD_WORKBOOK)) {
        throw new FileUnusable("这是 Excel 工作簿，请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后重新上传。");
      }
      if (startsWith(buffer, size, UTF_16) || startsWith(buffer, size, UTF_16_BIG)) {
        throw new FileUnusable("文件是 UTF-16 编码，请另存为“CSV UTF-8（逗号分隔）”后重新上传。");
      }
      if (startsWith(buffer, size, UTF_8_MARK)) {
        return new FileCharset(StandardCharsets.UTF_8, UTF_8_MARK.length);
      }
      Utf8Count count = new Utf8Count();
      while (size > 0) {
        count.add(buffer, size);
        size = file.readNBytes(buffer, 0, buffer.length);
      }
      return new FileCharset(count.bad > count.good ? GB18030 : StandardCharsets.UTF_8, 0);
    }
  }

  private static boolean startsWith(byte[] bytes, int size, byte[] mark) {
    return size >= mark.length && Arrays.equals(bytes, 0, mark.length, mark, 0, mark.length);
  }

  /** Counts characters of several bytes that are as in UTF-8, and bytes that cannot be so. */
  private static final class Utf8Count {
    private long good;
    private long bad;
    private int missing;

    void add(byte[] bytes, int size) {
      for (int i = 0; i < size; i++) {
        add(bytes[i] & 0xff);
      }
    }

    private void add(int b) {
      boolean continues = (b & 0xc0) == 0x80;
      if (missing > 0 && continues) {
        missing--;
        good += missing == 0 ? 1 : 0;
        return;
      }
      bad += missing > 0 ? 1 : 0;
      missing = following(b);
      bad += b >= 0x80 && missing == 0 ? 1 : 0;
    }

    private static int following(int b) {
      if (b >= 0xc2 && b <= 0xdf) {
        return 1;
      }
      if (b >= 0xe0 && b <= 0xef) {
        return 2;
      }
      return b >= 0xf0 && b <= 0xf4 ? 3 : 0;
    }
  }
}
