package kk.template;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import kk.playbook.Expression;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Runs every row of `recorded.jsonl` (what ansible-core 2.14 answered, see `record.py`) and of
/// `own.jsonl` (what it does not know, and the words of our problems).
class GoldenTest {
  private static final Set<String> FREE = Set.of("lookup env", "test vaulted_file");

  private final JinjaTemplates templates =
      new JinjaTemplates(List.of(), String::strip, Vault.CLOSED);
  private final Scope scope =
      new MapScope(
          Map.of(
              "known", List.of(1L, 2L),
              "groups", Map.of("web", List.of("w1", "w2"), "all", List.of("w1", "w2"))));

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
  void everyOperationHasARow() {
    Set<String> subjects = new TreeSet<>();
    rows("recorded.jsonl").forEach(row -> subjects.add(String.valueOf(row.get("subject"))));
    rows("own.jsonl").forEach(row -> subjects.add(String.valueOf(row.get("subject"))));
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
    String text = String.valueOf(row.get("expression"));
    String wanted =
        row.containsKey("problem")
            ? row.get("problem") + ": " + row.get("title")
            : row.containsKey("error")
                ? "error"
                : row.containsKey("undefined")
                    ? "undefined"
                    : row.get("type") + " " + Json.compact().write(row.get("value"));
    String got;
    try {
      Span span = new Span(new Source("row", text), 1, 1, 1);
      Object value = templates.evaluate(new Expression(text, span), scope);
      got = Values.typeName(value) + " " + Json.compact().write(value);
    } catch (EvaluationFailed e) {
      String id = e.problem().id();
      got =
          row.containsKey("problem")
              ? id + ": " + e.problem().title()
              : id.equals("undefined-variable") && row.containsKey("undefined")
                  ? "undefined"
                  : row.containsKey("error") ? "error" : id + ": " + e.problem().title();
    }
    if (!got.equals(wanted)) {
      differences.add(text + "\n    wanted " + wanted + "\n    got    " + got);
    }
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
