package kk.template;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kk.playbook.Expression;
import kk.playbook.Template;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// Compares every expression and template of a directory with what Jinja2 and Ansible make of it.
/// The directory is named by the system property `conformance.jinja`.
class ConformanceTest {
  private static final double WANTED = 0.95;

  private final JinjaTemplates templates =
      new JinjaTemplates(List.of(), text -> text, Vault.CLOSED);
  private final List<String> differences = new ArrayList<>();
  private int rows;

  @Test
  void agreesWithJinja2() throws IOException {
    Path directory = directory();
    if (!java.nio.file.Files.isDirectory(directory)) {
      System.out.println(
          "SKIPPED: no conformance data in " + directory + " (-Dconformance.jinja=DIR)");
      Assumptions.abort("no conformance data");
    }
    String variables = java.nio.file.Files.readString(directory.resolve("variables.json"));
    for (Map<?, ?> row : rows(directory.resolve("expressions.jsonl"))) {
      expression(row, scope(variables, "expressions"));
    }
    for (Map<?, ?> row : rows(directory.resolve("templates.jsonl"))) {
      template(row, scope(variables, "templates"));
    }
    int equal = rows - differences.size();
    System.out.printf("conformance/jinja: %d of %d (%.1f %%)%n", equal, rows, 100.0 * equal / rows);
    differences.forEach(System.out::println);
    assertTrue(equal >= WANTED * rows, () -> String.join("\n", differences));
  }

  private static Path directory() {
    String named = System.getProperty("conformance.jinja", "");
    return named.isEmpty()
        ? Path.of(System.getProperty("kk.home", ".."), "../shared/conformance/jinja").normalize()
        : Path.of(named);
  }

  private static List<Map<?, ?>> rows(Path file) throws IOException {
    List<Map<?, ?>> rows = new ArrayList<>();
    for (String line : java.nio.file.Files.readAllLines(file)) {
      rows.add(map(JsonReader.read(line)));
    }
    return rows;
  }

  private static Scope scope(String variables, String set) {
    Map<?, ?> all = map(map(JsonReader.read(variables)).get(set));
    Map<String, Object> values = new LinkedHashMap<>();
    all.forEach((name, value) -> values.put((String) name, value));
    return new MapScope(values);
  }

  private static Map<?, ?> wanted(Map<?, ?> row) {
    return map(row.get(row.containsKey("ansible") ? "ansible" : "jinja2"));
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) Objects.requireNonNull(value);
  }

  private void expression(Map<?, ?> row, Scope scope) {
    String text = String.valueOf(row.get("expression"));
    Source source = new Source("row", text);
    String got;
    try {
      got = shown(templates.evaluate(new Expression(text, new Span(source, 1, 1, 1)), scope));
    } catch (EvaluationFailed e) {
      got = e.problem().id().equals("undefined-variable") ? "undefined" : "error";
      compare(row, text, got, e.problem().title());
      return;
    }
    compare(row, text, got, "");
  }

  private void template(Map<?, ?> row, Scope scope) {
    String text = String.valueOf(row.get("template"));
    Template template = new Template(text, new Span(new Source("row", text), 1, 1, 1));
    try {
      String got = templates.renderFile(template, scope);
      // the rows were recorded without the line break at the end, which we keep
      String trimmed = text.endsWith("\n") ? got.substring(0, got.length() - 1) : got;
      compare(row, text, "text " + Json.compact().write(trimmed), "");
    } catch (EvaluationFailed e) {
      compare(row, text, "error", e.problem().title());
    }
  }

  private void compare(Map<?, ?> row, String text, String got, String title) {
    rows++;
    Map<?, ?> wanted = wanted(row);
    String expected =
        wanted.containsKey("value")
            ? wanted.get("type") + " " + Json.compact().write(wanted.get("value"))
            : wanted.containsKey("undefined")
                ? "undefined"
                : wanted.containsKey("object")
                    ? "object"
                    : wanted.containsKey("text")
                        ? "text " + Json.compact().write(wanted.get("text"))
                        : "error";
    boolean equal = got.equals(expected) || (expected.equals("error") && got.equals("undefined"));
    if (!equal) {
      differences.add(
          row.get("id")
              + ": "
              + text
              + "\n    wanted "
              + expected
              + "\n    got    "
              + got
              + " "
              + title);
    }
  }

  private static String shown(@Nullable Object value) {
    String type = Values.typeName(value);
    return switch (type) {
      case "builtin_function_or_method", "object" -> "object";
      default -> type + " " + Json.compact().write(value);
    };
  }
}
