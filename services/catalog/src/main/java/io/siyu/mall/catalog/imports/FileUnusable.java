package io.siyu.mall.catalog.imports;

/** The file itself cannot be read further; the message is a sentence for whoever sent it. */
final class FileUnusable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FileUnusable(String message) {
    super(message, null, false, false);
  }
}
