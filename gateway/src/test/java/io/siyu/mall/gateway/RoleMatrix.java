package io.siyu.mall.gateway;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The table in {@code role-matrix.txt}, and the endpoints that the application's classes declare.
 */
final class RoleMatrix {

  private static final Map<String, Class<? extends Annotation>> VERBS =
      Map.of(
          "GET", GET.class,
          "POST", POST.class,
          "PUT", PUT.class,
          "PATCH", PATCH.class,
          "DELETE", DELETE.class);

  private static final String ANOTHER_BRANDS = "another brand's";

  private RoleMatrix() {}

  /** One cell of the table. */
  record Cell(String method, String path, String role, String expected) {

    String endpoint() {
      return method + " " + path;
    }
  }

  static List<Cell> cells() {
    List<String[]> rows = rows();
    String[] head = rows.get(0);
    List<Cell> cells = new ArrayList<>();
    for (String[] row : rows.subList(1, rows.size())) {
      for (int i = 2; i < head.length - 1; i++) {
        cells.add(new Cell(row[0], row[1], head[i], row[i]));
      }
    }
    return cells;
  }

  /** Everybody who has a column. */
  static List<String> roles() {
    String[] head = rows().get(0);
    return List.of(head).subList(2, head.length - 1);
  }

  /** What a brand's staff get of another brand's things, by endpoint: the last column. */
  static Map<String, String> anotherBrands() {
    List<String[]> rows = rows();
    String[] head = rows.get(0);
    if (!head[head.length - 1].equals(ANOTHER_BRANDS)) {
      throw new IllegalStateException("the last column must be " + ANOTHER_BRANDS);
    }
    Map<String, String> said = new TreeMap<>();
    for (String[] row : rows.subList(1, rows.size())) {
      said.put(row[0] + " " + row[1], row.length == head.length ? row[head.length - 1] : "missing");
    }
    return said;
  }

  private static List<String[]> rows() {
    try (InputStream in = RoleMatrix.class.getResourceAsStream("/role-matrix.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arrays.stream(line.split("\\|")).map(String::trim).toArray(String[]::new))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every endpoint of the given packages' classes, as "METHOD /path". */
  static Set<String> declared(String... packages) {
    return methods(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(packages))
        .keySet();
  }

  /** The methods of the resources among the classes, by endpoint. */
  static Map<String, JavaMethod> methods(JavaClasses classes) {
    Map<String, JavaMethod> endpoints = new TreeMap<>();
    for (JavaClass resource : classes) {
      if (resource.isAnnotatedWith(Path.class)) {
        String root = resource.getAnnotationOfType(Path.class).value();
        resource.getMethods().forEach(method -> add(root, method, endpoints));
      }
    }
    return endpoints;
  }

  private static void add(String root, JavaMethod method, Map<String, JavaMethod> endpoints) {
    VERBS.forEach(
        (verb, annotation) -> {
          if (method.isAnnotatedWith(annotation)) {
            String path =
                method.isAnnotatedWith(Path.class)
                    ? root + method.getAnnotationOfType(Path.class).value()
                    : root;
            endpoints.put(verb + " " + path, method);
          }
        });
  }
}
