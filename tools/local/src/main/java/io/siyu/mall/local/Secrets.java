package io.siyu.mall.local;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Supplier;

/** Generated passwords and keys of one platform, kept in a file that only its owner can read. */
public final class Secrets {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;
  private final Properties values = new Properties();

  private Secrets(Path file) {
    this.file = file;
  }

  /** Reads the file, which need not exist yet. */
  public static Secrets in(Path file) {
    Secrets secrets = new Secrets(file);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        secrets.values.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return secrets;
  }

  /** A random password of 32 hexadecimal digits, the same at every call with the same name. */
  public String password(String name) {
    return get(name, () -> HexFormat.of().formatHex(bytes(16)));
  }

  /** A random 256-bit key in base 64, the same at every call with the same name. */
  public String key(String name) {
    return get(name, () -> Base64.getEncoder().encodeToString(bytes(32)));
  }

  /** The kept value; if there is none, it is made and kept before it is returned. */
  public synchronized String get(String name, Supplier<String> make) {
    String value = values.getProperty(name);
    if (value == null) {
      value = make.get();
      values.setProperty(name, value);
      save();
    }
    return value;
  }

  /** The kept value, if there is one. */
  public synchronized Optional<String> find(String name) {
    return Optional.ofNullable(values.getProperty(name));
  }

  /** Sets a value that is given rather than made. */
  public synchronized void put(String name, String value) {
    if (!value.equals(values.getProperty(name))) {
      values.setProperty(name, value);
      save();
    }
  }

  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private void save() {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path part = file.resolveSibling(file.getFileName() + ".part");
      Files.deleteIfExists(part);
      Files.createFile(part, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
      StringWriter text = new StringWriter();
      values.store(text, "Generated for this machine only; ./mall reset forgets them");
      Files.writeString(part, text.toString());
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
