package io.siyu.mall.local.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * What the XML reports of Surefire and Failsafe say.
 *
 * @param failures names of failed tests with their messages
 */
public record TestReports(int passed, int failed, int skipped, List<String> failures) {

  private static final int MESSAGE_LIMIT = 300;

  /** Reads the reports of these modules that were written since a time. */
  public static TestReports read(Path root, Collection<String> modules, FileTime since) {
    Reading reading = new Reading();
    for (String module : modules) {
      for (String kind : List.of("surefire-reports", "failsafe-reports")) {
        Path directory = root.resolve(module).resolve("target").resolve(kind);
        reports(directory, since).forEach(reading::read);
      }
    }
    int passed = reading.tests - reading.failures.size() - reading.skipped;
    return new TestReports(
        passed, reading.failures.size(), reading.skipped, List.copyOf(reading.failures));
  }

  /** The line that closes a run. */
  public String closingLine() {
    String line = passed + " passed, " + failed + " failed";
    return skipped == 0 ? line : line + ", " + skipped + " skipped";
  }

  private static List<Path> reports(Path directory, FileTime since) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(file -> !modified(file).toInstant().isBefore(since.toInstant()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Reading {

    private int tests;
    private int skipped;
    private final List<String> failures = new ArrayList<>();
    private String test = "";
    private boolean failing;

    void read(Path report) {
      try (InputStream in = Files.newInputStream(report)) {
        XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
        while (xml.hasNext()) {
          if (xml.next() == XMLStreamConstants.START_ELEMENT) {
            element(xml);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (XMLStreamException e) {
        // A report cut short by a crashed test process must not look like success.
        failures.add(report.getFileName() + ": the report cannot be read");
        tests++;
      }
    }

    private void element(XMLStreamReader xml) {
      switch (xml.getLocalName()) {
        case "testcase" -> {
          tests++;
          failing = false;
          test =
              xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
        }
        case "failure", "error" -> fail(xml.getAttributeValue(null, "message"));
        case "skipped" -> skipped++;
        default -> {
          return;
        }
      }
    }

    private void fail(String message) {
      if (!failing) {
        failing = true;
        String text = message == null ? "" : ": " + message.strip();
        failures.add(
            test + (text.length() > MESSAGE_LIMIT ? text.substring(0, MESSAGE_LIMIT) : text));
      }
    }
  }
}
