package io.siyu.mall.k8s;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a {@code @ConfigMapping} interface, nested interfaces included. */
final class MappingKeys {

  private static final Pattern PREFIX =
      Pattern.compile("@ConfigMapping\\(\\s*prefix\\s*=\\s*\"([^\"]+)\"");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<nested>interface\\s+(?<interface>\\w+)[^{]*\\{)"
              + "|(?<member>(?<annotations>(?:@\\w+(?:\\([^)]*\\))?\\s+)*)"
              + "(?<type>\\w+(?:<[\\w<>, ]*>)?)\\s+(?<name>\\w+)\\(\\)\\s*;)"
              + "|(?<open>\\{)|(?<close>})");
  private static final Pattern NAMED = Pattern.compile("@WithName\\(\"([^\"]+)\"\\)");

  private MappingKeys() {}

  /**
   * One key.
   *
   * @param optional true if the program copes without it
   */
  record Key(String name, boolean hasDefault, boolean optional) {}

  private record Member(String name, String type, boolean hasDefault) {}

  /** Nothing if the code (without comments) is no mapping. */
  static List<Key> of(String code) {
    Matcher prefix = PREFIX.matcher(code);
    if (!prefix.find()) {
      return List.of();
    }
    Map<String, List<Member>> interfaces = new HashMap<>();
    String outer = read(code.substring(prefix.end()), interfaces);
    List<Key> keys = new ArrayList<>();
    collect(prefix.group(1), outer, interfaces, keys);
    return keys;
  }

  private static String read(String code, Map<String, List<Member>> interfaces) {
    List<String> open = new ArrayList<>();
    String outer = null;
    Matcher token = TOKEN.matcher(code);
    while (token.find()) {
      if (token.group("interface") != null) {
        open.add(token.group("interface"));
        interfaces.put(token.group("interface"), new ArrayList<>());
        outer = outer == null ? token.group("interface") : outer;
      } else if (token.group("open") != null) {
        open.add("");
      } else if (token.group("close") != null && !open.isEmpty()) {
        open.remove(open.size() - 1);
      } else if (token.group("member") != null && !open.isEmpty()) {
        List<Member> members = interfaces.get(open.get(open.size() - 1));
        if (members != null) {
          members.add(member(token));
        }
      }
    }
    return outer;
  }

  private static Member member(Matcher token) {
    String annotations = token.group("annotations");
    Matcher named = NAMED.matcher(annotations);
    String name = named.find() ? named.group(1) : kebab(token.group("name"));
    return new Member(name, token.group("type"), annotations.contains("@WithDefault"));
  }

  private static void collect(
      String prefix, String type, Map<String, List<Member>> interfaces, List<Key> keys) {
    for (Member member : interfaces.get(type)) {
      String name = prefix + "." + member.name();
      if (interfaces.containsKey(member.type())) {
        collect(name, member.type(), interfaces, keys);
      } else {
        keys.add(new Key(name, member.hasDefault(), member.type().startsWith("Optional")));
      }
    }
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
