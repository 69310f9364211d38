package io.siyu.mall.local.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The modules of the checkout and which of them are built from which, as the poms say. */
public final class Reactor {

  private static final String GROUP = "io.siyu.mall";

  private final Map<String, Set<String>> upstream = new LinkedHashMap<>();

  /** Reads the root pom and the pom of each module. */
  public Reactor(Path root) {
    Map<String, String> moduleOf = new LinkedHashMap<>();
    Map<String, Element> poms = new LinkedHashMap<>();
    Element modules = child(parse(root.resolve("pom.xml")), "modules");
    for (Element module : children(modules, "module")) {
      String path = module.getTextContent().trim();
      Path pom = root.resolve(path).resolve("pom.xml");
      if (pom.toFile().exists()) {
        Element project = parse(pom);
        poms.put(path, project);
        moduleOf.put(text(project, "artifactId"), path);
      }
    }
    poms.forEach((path, project) -> upstream.put(path, directUpstream(project, moduleOf)));
  }

  /** Paths of all modules, in the order of the root pom. */
  public List<String> modules() {
    return List.copyOf(upstream.keySet());
  }

  /** The module and all modules whose code goes into what it builds. */
  public Set<String> withUpstream(String module) {
    Set<String> all = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(module));
    while (!open.isEmpty()) {
      String next = open.remove(open.size() - 1);
      if (all.add(next)) {
        open.addAll(upstream.getOrDefault(next, Set.of()));
      }
    }
    return all;
  }

  private static Set<String> directUpstream(Element project, Map<String, String> moduleOf) {
    Set<String> modules = new LinkedHashSet<>();
    Element dependencies = child(project, "dependencies");
    for (Element dependency : children(dependencies, "dependency")) {
      boolean ours = GROUP.equals(text(dependency, "groupId"));
      boolean packaged = !"test".equals(text(dependency, "scope"));
      String module = moduleOf.get(text(dependency, "artifactId"));
      if (ours && packaged && module != null) {
        modules.add(module);
      }
    }
    return modules;
  }

  private static Element parse(Path pom) {
    try {
      Document document =
          DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(pom.toFile());
      return document.getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(pom + " cannot be read", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? "" : child.getTextContent().trim();
  }

  private static Element child(Element parent, String name) {
    List<Element> children = children(parent, name);
    return children.isEmpty() ? null : children.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent == null ? null : parent.getFirstChild();
        node != null;
        node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }
}
