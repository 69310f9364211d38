package io.siyu.mall.local.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one component is started.
 *
 * @param name the component
 * @param command program and arguments
 * @param environment variables added to those of this process
 * @param log file that takes what the component says
 * @param directory working directory
 */
public record Launch(
    String name, List<String> command, Map<String, String> environment, Path log, Path directory) {

  /** Differs whenever something differs that would make a restart necessary. */
  public String fingerprint() {
    String all = String.join("\n", command) + "\n" + new TreeMap<>(environment);
    return digest(all).substring(0, 16);
  }

  /** SHA-256 of a text in hexadecimal digits. */
  public static String digest(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
