package io.siyu.mall.catalog.imports;

import com.google.protobuf.ByteString;
import io.siyu.mall.platform.error.DomainException;
import io.siyu.mall.platform.error.Kind;
import io.siyu.mall.proto.catalog.v1.StartImportRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file on its way here: written to disk piece by piece, hashed on the way. Pieces come on worker
 * threads, its end by break-off on any: whatever comes after that is refused, so that nothing stays
 * behind.
 */
final class Upload {

  private final Spool spool;
  private final long maxBytes;

  private StartImportRequest.Header header;
  private Path file;
  private DigestOutputStream output;
  private long bytes;
  private boolean discarded;

  Upload(Spool spool, long maxBytes) {
    this.spool = spool;
    this.maxBytes = maxBytes;
  }

  /** Takes the next message of the stream. */
  synchronized void accept(StartImportRequest part) {
    if (discarded) {
      throw new DomainException(Kind.ABORTED, "UPLOAD_BROKEN_OFF", "the upload has broken off");
    }
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
  synchronized String finish() {
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
  synchronized void discard() {
    discarded = true;
    if (file == null) {
      return;
    }
    try {
      output.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      spool.remove(file);
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
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
    Path added = spool.add();
    output = new DigestOutputStream(Files.newOutputStream(added), digest);
    file = added;
    header = first;
  }

  private void write(ByteString chunk) throws IOException {
    if (header == null) {
      throw DomainException.invalid("header", "must come first");
    }
    bytes += chunk.size();
    if (bytes > maxBytes) {
      throw new DomainException(
              Kind.INVALID_ARGUMENT, "FILE_TOO_LARGE", "at most " + maxBytes + " bytes")
          .with("max_bytes", maxBytes);
    }
    chunk.writeTo(output);
  }
}
