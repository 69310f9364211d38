package io.siyu.mall.k8s;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds kinds that no model is known of, and fields that the models do not know: they keep them
 * aside.
 */
final class Typed {

  private static final Package OWN = Typed.class.getPackage();

  private Typed() {}

  static Rule rule() {
    return new Rule("every field is one that Kubernetes knows", Typed::unknown);
  }

  private static List<String> unknown(Cluster cluster) {
    List<String> found = new ArrayList<>();
    for (HasMetadata object : cluster.objects()) {
      String name = object.getKind() + " " + object.getMetadata().getName();
      if (object instanceof GenericKubernetesResource) {
        found.add(name + " is of a kind without a model");
      } else {
        walk(object, name, found);
      }
    }
    return found;
  }

  private static void walk(Object value, String path, List<String> found) {
    if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        walk(list.get(i), path + "[" + i + "]", found);
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, one) -> walk(one, path + "." + key, found));
    } else if (value != null && !(value instanceof Enum)) {
      for (Class<?> type = value.getClass(); isModel(type); type = type.getSuperclass()) {
        for (Field field : type.getDeclaredFields()) {
          if (!Modifier.isStatic(field.getModifiers())) {
            look(field, value, path, found);
          }
        }
      }
    }
  }

  private static void look(Field field, Object value, String path, List<String> found) {
    Object inside = read(field, value);
    if (field.getName().equals("additionalProperties")) {
      ((Map<?, ?>) inside).keySet().forEach(key -> found.add(path + "." + key));
    } else {
      walk(inside, path + "." + field.getName(), found);
    }
  }

  private static boolean isModel(Class<?> type) {
    return type != null && (type.getName().startsWith("io.fabric8.") || type.getPackage() == OWN);
  }

  private static Object read(Field field, Object from) {
    try {
      field.setAccessible(true);
      return field.get(from);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
