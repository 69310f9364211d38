package io.siyu.mall.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A person's phone, name and address, and every secret of the platform, are planted and then
 * searched for: in all logs, in the files of all databases (events and stored answers among them),
 * and in the problem documents that mistakes with them bring.
 */
@ExtendWith(RunningPlatform.class)
class PlantedValuesJourneyTest {
  private static final String PHONE = "13587654321";
  private static final String NAME = "欧阳植入测";
  private static final String STREET = "植入大街八千七百六十五号";

  @Test
  void personalDataAndSecretsShowNowhere(RunningPlatform.Handle platform) throws IOException {
    Journey journey = Journey.on(platform.addresses());
    Scene.Person person = journey.shopper("植入");
    List<String> problems = plant(journey, person);
    for (String planted : List.of(PHONE, NAME, STREET)) {
      problems.forEach(problem -> assertFalse(problem.contains(planted), problem));
    }
    Map<String, String> wanted = new LinkedHashMap<>(secrets(platform.state()));
    wanted.put("a member's token", person.api().token());
    Map<String, String> personal = Map.of("phone", PHONE, "name", NAME, "street", STREET);
    List<String> found = search(platform.state().resolve("logs"), wanted);
    found.addAll(search(platform.state().resolve("logs"), personal));
    found.addAll(search(platform.state().resolve("mariadb"), personal));
    assertEquals(List.of(), found);
    assertFalse(
        search(platform.state().resolve("mariadb"), Map.of("a title", "腰凳背带")).isEmpty(),
        "what is not secret is found, so the search works");
  }

  /** Leaves the values wherever a person can leave them; returns what mistakes are answered. */
  private static List<String> plant(Journey journey, Scene.Person person) {
    Map<String, Object> address =
        new TreeMap<>(
            Map.of(
                "receiverName",
                NAME,
                "phone",
                PHONE,
                "province",
                "浙江省",
                "city",
                "杭州市",
                "district",
                "西湖区",
                "detail",
                STREET));
    String id = person.api().post("/shop/v1/me/addresses", address).ok().path("addressId").asText();
    person
        .api()
        .post("/shop/v1/trades", Journey.basket(journey.scene().purchases.get(1).skuId(), 1, id))
        .ok();
    List<String> problems = new ArrayList<>();
    address.put("city", "");
    problems.add(person.api().post("/shop/v1/me/addresses", address).body());
    problems.add(
        person
            .api()
            .post(
                "/partner/v1/applications",
                Map.of(
                    "inviteCode",
                    "NOSUCHCODE",
                    "displayName",
                    "植入",
                    "realName",
                    NAME,
                    "phone",
                    PHONE))
            .body());
    problems.add(person.api().as("x." + person.api().token()).get("/shop/v1/me").body());
    return problems;
  }

  private static Map<String, String> secrets(Path state) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(state.resolve("secrets.properties"))) {
      properties.load(reader);
    }
    Map<String, String> secrets = new TreeMap<>();
    properties.forEach((name, value) -> secrets.put(name.toString(), value.toString()));
    secrets.values().removeIf(value -> value.length() < 12);
    return secrets;
  }

  private static List<String> search(Path folder, Map<String, String> wanted) {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        // Bytes as letters, so that any file can be searched.
        String content = Files.readString(file, StandardCharsets.ISO_8859_1);
        wanted.forEach(
            (name, value) -> {
              String bytes =
                  new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
              if (content.contains(bytes)) {
                found.add(name + " in " + folder.relativize(file));
              }
            });
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
