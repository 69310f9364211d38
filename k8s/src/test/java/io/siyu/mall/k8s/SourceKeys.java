package io.siyu.mall.k8s;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The configuration of a component, read out of its sources: {@code @ConfigProperty},
 * {@code @ConfigMapping}, schedules, and the properties files with their placeholders.
 *
 * @param known every key, as environment variables
 * @param needed those without which the component does not start or would look for others on its
 *     own machine
 */
record SourceKeys(Set<String> known, Set<String> needed) {

  private static final Map<String, SourceKeys> CACHE = new ConcurrentHashMap<>();
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|(?<!:)//[^\\n]*", Pattern.DOTALL);
  private static final Pattern PROPERTY =
      Pattern.compile(
          "@ConfigProperty\\(\\s*name\\s*=\\s*\"([^\"]+)\"(\\s*,\\s*defaultValue\\s*=\\s*\"[^\"]*\")?"
              + "\\s*\\)\\s*(?:private\\s+|final\\s+)*(\\w+)");
  private static final Pattern SCHEDULE =
      Pattern.compile("every\\s*=\\s*\"\\$?\\{([\\w.-]+)(:[^}]*)?}\"");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([\\w.-]+)(:[^}]*)?}");

  static SourceKeys of(String component) {
    return CACHE.computeIfAbsent(component, SourceKeys::read);
  }

  private static SourceKeys read(String component) {
    boolean service = !component.equals("gateway");
    List<Path> modules = new ArrayList<>();
    if (service) {
      modules.add(Kubectl.ROOT.resolve("services/platform"));
    }
    modules.add(Kubectl.ROOT.resolve(service ? "services/" + component : "gateway"));
    Builder keys = new Builder();
    modules.forEach(keys::properties);
    modules.forEach(keys::sources);
    // Wanted when it is used, not when it is injected: only a service that calls a cipher needs the
    // keys.
    if (keys.usesCipher) {
      keys.needed.addAll(
          List.of("mall.personal.keys", "mall.personal.active-key", "mall.personal.hash-key"));
    }
    if (service) {
      keys.needed.add("mall.service.client-secret");
    }
    if (component.equals("membership")) {
      keys.needed.addAll(keys.optional("mall.membership.", "mall.wechat."));
    }
    if (component.equals("cps")) {
      keys.needed.addAll(keys.optional("mall.taobao."));
    }
    return keys.build();
  }

  private static final class Builder {
    private final Set<String> known = new TreeSet<>();
    private final Set<String> needed = new TreeSet<>();
    private final Set<String> optional = new TreeSet<>();
    private final Map<String, String> values = new HashMap<>();
    private boolean usesCipher;

    void properties(Path module) {
      for (String file :
          List.of("META-INF/microprofile-config.properties", "application.properties")) {
        Path path = module.resolve("src/main/resources").resolve(file);
        if (Files.exists(path)) {
          Properties properties = new Properties();
          try (Reader reader = Files.newBufferedReader(path)) {
            properties.load(reader);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          properties.forEach((key, value) -> property(key.toString(), value.toString()));
        }
      }
    }

    private void property(String key, String value) {
      String name = key.replaceFirst("^%[\\w,]+\\.", "");
      known.add(name);
      if (!key.startsWith("%") || key.startsWith("%prod.")) {
        values.put(name, value);
        Matcher placeholder = PLACEHOLDER.matcher(value);
        while (placeholder.find()) {
          use(placeholder.group(1), placeholder.group(2) != null);
        }
      }
    }

    void sources(Path module) {
      boolean platform = module.endsWith("platform");
      try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
        for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
          String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
          if (code.contains("@IfBuildProfile(\"local\")")) {
            continue;
          }
          usesCipher |= !platform && code.contains("PersonalCipher");
          source(code);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private void source(String code) {
      Matcher property = PROPERTY.matcher(code);
      while (property.find()) {
        if (property.group(3).equals("Optional")) {
          optional.add(property.group(1));
        }
        use(
            property.group(1),
            property.group(2) != null || property.group(3).startsWith("Optional"));
      }
      Matcher schedule = SCHEDULE.matcher(code);
      while (schedule.find()) {
        use(schedule.group(1), schedule.group(2) != null);
      }
      for (MappingKeys.Key key : MappingKeys.of(code)) {
        if (key.optional()) {
          optional.add(key.name());
        }
        use(key.name(), key.hasDefault() || key.optional());
      }
    }

    private void use(String key, boolean hasDefault) {
      if (key.startsWith("java.")) {
        return;
      }
      known.add(key);
      if (!hasDefault) {
        needed.add(key);
      }
    }

    List<String> optional(String... prefixes) {
      return optional.stream()
          .filter(key -> Stream.of(prefixes).anyMatch(key::startsWith))
          .toList();
    }

    SourceKeys build() {
      needed.removeIf(key -> values.containsKey(key) && !isOfOneMachine(key));
      values.keySet().stream().filter(this::isOfOneMachine).forEach(needed::add);
      return new SourceKeys(variables(known), variables(needed));
    }

    /** A default that is right only where everything runs side by side. */
    private boolean isOfOneMachine(String key) {
      String value = values.getOrDefault(key, "");
      return key.startsWith("mall.") && value.matches(".*(localhost|127\\.0\\.0\\.1).*");
    }

    private static Set<String> variables(Set<String> keys) {
      Set<String> variables = new TreeSet<>();
      keys.forEach(key -> variables.add(key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")));
      return variables;
    }
  }
}
