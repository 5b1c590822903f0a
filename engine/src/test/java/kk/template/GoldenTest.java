package kk.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import kk.playbook.Expression;
import kk.playbook.Template;
import kk.source.Source;
import kk.source.Span;
import kk.spi.TemplateSyntax;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Runs every row of `recorded.jsonl` and `wrong.jsonl` (what ansible-core 2.14 answered, see
/// `record.py`; the second one is about wrong arguments), of `tags.jsonl` (what Jinja2 makes of
/// tags) and of `own.jsonl` (what they do not know, and the words of our problems).
class GoldenTest {
  private static final Set<String> FREE = Set.of("lookup env", "test vaulted_file");
  private static final Set<String> FAILURES = Set.of("error", "undefined");
  private static final Set<String> WITH_INPUT = Set.of("filter", "test", "lookup");

  private final JinjaTemplates templates =
      new JinjaTemplates(List.of(), String::strip, Vault.CLOSED);
  private final Scope scope =
      new MapScope(
          Map.of(
              "known", List.of(1L, 2L),
              "groups", Map.of("web", List.of("w1", "w2"), "all", List.of("w1", "w2"))),
          List.of(Path.of("src/test/resources/kk/template").toAbsolutePath()));

  @Test
  void everyRowComesOutAsRecorded() {
    List<String> differences = new ArrayList<>();
    for (Map<?, ?> row : rows("recorded.jsonl")) {
      check(row, differences);
    }
    for (Map<?, ?> row : rows("own.jsonl")) {
      check(row, differences);
    }
    assertEquals("", String.join("\n", differences));
  }

  @Test
  void wrongArgumentsComeOutAsRecorded() {
    List<String> differences = new ArrayList<>();
    for (Map<?, ?> row : rows("wrong.jsonl")) {
      String wanted =
          !row.containsKey("differs") ? recorded(row) : row.containsKey("kk") ? kk(row) : "error";
      String got = answer(row);
      boolean bothFail = FAILURES.contains(wanted) && FAILURES.contains(got);
      if (!got.equals(wanted) && !bothFail) {
        differences.add(row.get("expression") + "\n    wanted " + wanted + "\n    got    " + got);
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  @Test
  void tagsComeOutAsInJinja2() {
    List<String> differences = new ArrayList<>();
    for (Map<?, ?> row : rows("tags.jsonl")) {
      String wanted = row.containsKey("error") ? "error" : String.valueOf(row.get("text"));
      String got = rendered(String.valueOf(row.get("template")));
      if (!got.equals(wanted) && !(wanted.equals("error") && got.startsWith("error: "))) {
        differences.add(row.get("template") + "\n    wanted " + wanted + "\n    got    " + got);
      }
    }
    assertEquals("", String.join("\n", differences));
  }

  private String rendered(String template) {
    Span start = new Span(new Source("row", template), 1, 1, 1);
    try {
      return templates.renderFile(new Template(template, start), scope, TemplateSyntax.STANDARD);
    } catch (EvaluationFailed e) {
      return "error: " + e.problem().title();
    }
  }

  @Test
  void everyDifferenceIsOneThatIsTold() throws IOException {
    String told =
        java.nio.file.Files.readString(Path.of("../docs/how-to/bring-ansible-playbooks.md"));
    Set<String> silent = new TreeSet<>();
    for (Map<?, ?> row : rows("wrong.jsonl")) {
      if (row.containsKey("differs")) {
        boolean same =
            row.containsKey("kk")
                ? kk(row).equals(recorded(row))
                : FAILURES.contains(recorded(row));
        if (same) {
          silent.add("no difference: " + row.get("expression"));
        }
        if (!told.contains("| " + row.get("differs") + " |")) {
          silent.add(String.valueOf(row.get("differs")));
        }
      }
    }
    assertEquals(Set.of(), silent);
  }

  @Test
  void everyOperationWithAnInputHasARowThatFails() {
    Set<String> failing = new TreeSet<>();
    for (Map<?, ?> row : rows("wrong.jsonl")) {
      if (FAILURES.contains(answer(row))) {
        failing.add(String.valueOf(row.get("subject")));
      }
    }
    for (Map<?, ?> row : rows("own.jsonl")) {
      if (row.containsKey("problem")) {
        failing.add(String.valueOf(row.get("subject")));
      }
    }
    Set<String> missing = new TreeSet<>();
    for (Described described : templates.described()) {
      if (WITH_INPUT.contains(described.kind())) {
        missing.add(described.kind() + " " + described.name());
      }
    }
    missing.removeAll(failing);
    assertEquals(Set.of(), missing);
  }

  @Test
  void everyOperationHasARow() {
    Set<String> subjects = new TreeSet<>();
    rows("recorded.jsonl").forEach(row -> subjects.add(String.valueOf(row.get("subject"))));
    rows("own.jsonl").forEach(row -> subjects.add(String.valueOf(row.get("subject"))));
    rows("tags.jsonl").forEach(row -> subjects.add("template tag " + row.get("subject")));
    Set<String> missing = new TreeSet<>();
    for (Described described : templates.described()) {
      String subject = described.kind() + " " + described.name();
      if (!described.kind().endsWith("method") && !subjects.contains(subject)) {
        missing.add(subject);
      }
    }
    missing.removeAll(FREE);
    assertEquals(Set.of(), missing);
  }

  private void check(Map<?, ?> row, List<String> differences) {
    String wanted =
        row.containsKey("problem") ? row.get("problem") + ": " + row.get("title") : recorded(row);
    String got = row.containsKey("problem") ? problem(row) : answer(row);
    if (!got.equals(wanted)) {
      differences.add(
          row.get("expression")
              + "\n    wanted "
              + wanted
              + "\n    got    "
              + got
              + " "
              + problem(row));
    }
  }

  /// What the row says Ansible made of it.
  private static String recorded(Map<?, ?> row) {
    return row.containsKey("error")
        ? "error"
        : row.containsKey("undefined")
            ? "undefined"
            : row.get("type") + " " + Json.compact().write(row.get("value"));
  }

  private static String kk(Map<?, ?> row) {
    return Values.typeName(row.get("kk")) + " " + Json.compact().write(row.get("kk"));
  }

  /// What comes of the expression here.
  private String answer(Map<?, ?> row) {
    try {
      Object value = evaluate(row);
      return Values.typeName(value) + " " + Json.compact().write(value);
    } catch (EvaluationFailed e) {
      boolean undefined = e.problem().id().equals("undefined-variable");
      return undefined && !row.containsKey("error") ? "undefined" : "error";
    }
  }

  private String problem(Map<?, ?> row) {
    try {
      return "no problem but " + Printing.text(evaluate(row));
    } catch (EvaluationFailed e) {
      return e.problem().id() + ": " + e.problem().title();
    }
  }

  private @Nullable Object evaluate(Map<?, ?> row) {
    String text = String.valueOf(row.get("expression"));
    return templates.evaluate(
        new Expression(text, new Span(new Source("row", text), 1, 1, 1)), scope);
  }

  private static List<Map<?, ?>> rows(String name) {
    try (InputStream in = GoldenTest.class.getResourceAsStream(name)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Map<?, ?>> rows = new ArrayList<>();
      for (String line : Splitting.lines(text, false)) {
        @Nullable Object row = JsonReader.read(line);
        rows.add((Map<?, ?>) Objects.requireNonNull(row));
      }
      return rows;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
