package io.siyu.mall.catalog.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/**
 * One record of a file as it was cut, not yet read as text.
 *
 * @param offset where it begins, in bytes
 * @param line where it begins; the first is 1
 * @param bytes of all cells that were kept, one after the other
 * @param ends where each of them ends
 * @param cells how many there are, kept or not
 * @param cutCell the first cell that is longer than what was kept; -1 for none
 * @param isBroken its quotes do not pair: nothing of it was kept
 */
record CsvRecord(
    long offset, long line, byte[] bytes, int[] ends, int cells, int cutCell, boolean isBroken) {

  static CsvRecord broken(long offset, long line) {
    return new CsvRecord(offset, line, new byte[0], new int[0], 0, -1, true);
  }

  /** How many bytes the cell has; 0 for one that is not there. */
  int size(int cell) {
    return cell < ends.length ? ends[cell] - start(cell) : 0;
  }

  /** The text of the cell. */
  String text(int cell, Charset charset) throws CharacterCodingException {
    return charset
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(bytes, start(cell), size(cell)))
        .toString();
  }

  /** Whether the cells from this one on hold white space at most. */
  boolean isBlankFrom(int cell) {
    if (cutCell >= 0) {
      return false;
    }
    for (int i = cell < ends.length ? start(cell) : bytes.length; i < bytes.length; i++) {
      if (" \t\r\n".indexOf(bytes[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private int start(int cell) {
    return cell == 0 ? 0 : ends[cell - 1];
  }
}
