package io.siyu.mall.catalog.imports;

import com.google.protobuf.ByteString;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file on its way here: written to disk piece by piece, hashed on the way. */
final class Upload {

  private final long maxBytes;
  private StartImportRequest.Header header;
  private Path file;
  private DigestOutputStream output;
  private long bytes;

  Upload(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next message of the stream. */
  void accept(StartImportRequest part) {
    try {
      switch (part.getPartCase()) {
        case HEADER -> begin(part.getHeader());
        case CHUNK -> write(part.getChunk());
        case PART_NOT_SET -> throw DomainException.invalid("part", "must be given");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The stream is over.
   *
   * @return SHA-256 of the file, hex
   */
  String finish() {
    if (header == null) {
      throw DomainException.invalid("header", "must come first");
    }
    try {
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(output.getMessageDigest().digest());
  }

  /** Removes what there is. */
  void discard() {
    try {
      if (output != null) {
        output.close();
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  StartImportRequest.Header header() {
    return header;
  }

  Path file() {
    return file;
  }

  private void begin(StartImportRequest.Header first) throws IOException {
    if (header != null) {
      throw DomainException.invalid("header", "must come once");
    }
    header = first;
    file = Files.createTempFile("mall-import-", ".csv");
    OutputStream disk = Files.newOutputStream(file);
    try {
      output = new DigestOutputStream(disk, MessageDigest.getInstance("SHA-256"));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(ByteString chunk) throws IOException {
    if (header == null) {
      throw DomainException.invalid("header", "must come first");
    }
    bytes += chunk.size();
    if (bytes > maxBytes) {
      throw new DomainException(
              Kind.INVALID_ARGUMENT, "FILE_TOO_LARGE", "the file has more than " + maxBytes)
          .with("max_bytes", maxBytes);
    }
    chunk.writeTo(output);
  }
}
