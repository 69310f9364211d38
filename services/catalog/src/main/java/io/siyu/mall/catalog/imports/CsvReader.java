package io.siyu.mall.catalog.imports;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Cuts a file into records and cells, byte by byte: in UTF-8 and in GB18030 alike a quote, a
 * separator or a line end is never a part of another character. Whatever the file holds, memory is
 * bounded: what a cell or a record has beyond the bounds is skipped, not kept. A quote that is not
 * closed as it should be costs the line in which its record begins and no more.
 */
final class CsvReader implements AutoCloseable {

  /** More than the largest cell of any column has, in bytes. */
  static final int MAX_RECORD = 4 << 20;

  /** Further cells are counted and not kept. */
  static final int MAX_CELLS = 512;

  private static final int END = -1;
  private static final int BROKEN = -2;
  private static final int BUFFER = 64 * 1024;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private long bufferEnd;
  private int separator = ',';

  private long line = 1;
  private boolean afterReturn;
  private long secondLineAt;

  private byte[] kept = new byte[BUFFER];
  private int keptSize;
  private int[] ends = new int[32];
  private int cells;
  private int cutCell;

  private CsvReader(FileChannel channel) {
    this.channel = channel;
  }

  static CsvReader open(Path path) throws IOException {
    return new CsvReader(FileChannel.open(path, StandardOpenOption.READ));
  }

  /** What stands between two cells; a comma unless something else is said. */
  void separateBy(char character) {
    separator = character;
  }

  /** Goes to where a record begins. */
  void seek(long offset, long atLine) throws IOException {
    channel.position(offset);
    bufferEnd = offset;
    buffer.clear().limit(0);
    line = atLine;
    afterReturn = false;
  }

  /** The next record, or null at the end of the file. */
  CsvRecord next() throws IOException {
    long begin = position();
    long beginLine = line;
    int b = read();
    if (b == END) {
      return null;
    }
    keptSize = 0;
    cells = 0;
    cutCell = -1;
    secondLineAt = -1;
    while (true) {
      b = b == '"' ? quoted() : plain(b);
      if (b == BROKEN) {
        toSecondLine(beginLine);
        return CsvRecord.broken(begin, beginLine);
      }
      endCell();
      if (b != separator) {
        endLine(b);
        return record(begin, beginLine);
      }
      b = read();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private CsvRecord record(long begin, long beginLine) {
    int keptCells = Math.min(cells, MAX_CELLS);
    return new CsvRecord(
        begin,
        beginLine,
        Arrays.copyOf(kept, keptSize),
        Arrays.copyOf(ends, keptCells),
        cells,
        cutCell,
        false);
  }

  private int plain(int first) throws IOException {
    int b = first;
    while (b != END && b != separator && !isLineEnd(b)) {
      keep(b);
      b = read();
    }
    return b;
  }

  /** What follows the closing quote: a separator, a line end or the end; anything else is wrong. */
  private int quoted() throws IOException {
    while (true) {
      int b = read();
      if (b == '"') {
        b = read();
        if (b != '"') {
          while (b == ' ') {
            b = read();
          }
          return b == END || b == separator || isLineEnd(b) ? b : BROKEN;
        }
        afterReturn = false;
      } else if (b == END) {
        return BROKEN;
      } else {
        countLine(b);
      }
      keep(b);
    }
  }

  private void countLine(int b) throws IOException {
    if (b == '\n' && afterReturn && secondLineAt == position() - 1) {
      secondLineAt++;
    } else if (b == '\r' || b == '\n' && !afterReturn) {
      line++;
      if (secondLineAt < 0) {
        secondLineAt = position();
      }
    }
    afterReturn = b == '\r';
  }

  /** Outside of quotes: a return, a line feed, or both as one. */
  private void endLine(int b) throws IOException {
    if (b == '\r') {
      int following = read();
      if (following != '\n' && following != END) {
        buffer.position(buffer.position() - 1);
      }
    }
    if (b != END) {
      line++;
    }
    afterReturn = false;
  }

  private void toSecondLine(long beginLine) throws IOException {
    if (secondLineAt >= 0) {
      seek(secondLineAt, beginLine + 1);
      return;
    }
    int b = read();
    while (b != END && !isLineEnd(b)) {
      b = read();
    }
    endLine(b);
  }

  private void keep(int b) {
    if (cells >= MAX_CELLS || keptSize >= MAX_RECORD) {
      if (cutCell < 0) {
        cutCell = cells;
      }
      return;
    }
    if (keptSize == kept.length) {
      kept = Arrays.copyOf(kept, Math.min(MAX_RECORD, kept.length * 2));
    }
    kept[keptSize++] = (byte) b;
  }

  private void endCell() {
    if (cells < MAX_CELLS) {
      if (cells == ends.length) {
        ends = Arrays.copyOf(ends, ends.length * 2);
      }
      ends[cells] = keptSize;
    }
    cells++;
  }

  private static boolean isLineEnd(int b) {
    return b == '\n' || b == '\r';
  }

  private long position() {
    return bufferEnd - buffer.remaining();
  }

  private int read() throws IOException {
    if (!buffer.hasRemaining()) {
      buffer.clear();
      int size = channel.read(buffer);
      buffer.flip();
      if (size <= 0) {
        return END;
      }
      bufferEnd += size;
    }
    return buffer.get() & 0xff;
  }
}
