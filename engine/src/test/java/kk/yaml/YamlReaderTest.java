package kk.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {
  private final Problems problems = new Problems();

  private YamlNode read(String text) {
    YamlNode node = YamlReader.read(new Source("file.yaml", text), problems).orElseThrow();
    assertEquals(List.of(), titles());
    return node;
  }

  private List<String> problemsIn(String text) {
    YamlReader.readAll(new Source("file.yaml", text), problems);
    return titles();
  }

  private List<String> titles() {
    return problems.sorted().stream().map(p -> p.at() + " " + p.title()).toList();
  }

  private @Nullable Object value(String text) {
    return read(text).value((string, at, indent) -> string);
  }

  private static YamlNode.Scalar scalar(YamlNode mapping, String key) {
    return assertInstanceOf(
        YamlNode.Scalar.class, ((YamlNode.Mapping) mapping).find(key).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0644",
        "2.10",
        "0123",
        "1e3",
        "1_000",
        "0x1f",
        "0o644",
        "1.",
        ".5",
        "+1",
        "1.0.0",
        "00",
        "-0",
        "2026-01-01",
        "12:30:45",
        "yEs",
        "TRUe",
        "nULL",
        "None",
        "1.10",
        "10.0e1",
        ".inf"
      })
  void keepsTextThatWouldLoseSomething(String text) {
    assertEquals(Map.of("a", text), value("a: " + text));
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "Yes, true",
    "YES, true",
    "on, true",
    "true, true",
    "True, true",
    "TRUE, true",
    "no, false",
    "off, false",
    "Off, false",
    "false, false"
  })
  void knowsTheTruthWordsOfYaml11(String text, boolean truth) {
    assertEquals(Map.of("a", truth), value("a: " + text));
  }

  @Test
  void readsNumbersThatWouldBeWrittenTheSameAgain() {
    assertEquals(
        List.of(0L, 5L, -7L, 2.5, 100.0, -0.5, Long.MAX_VALUE),
        value("[0, 5, -7, 2.5, 100.0, -0.5, 9223372036854775807]"));
    assertEquals("9223372036854775808", String.valueOf(value("9223372036854775808")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
  void readsNothing(String text) {
    assertEquals(Arrays.asList((Object) null), value("- " + text));
  }

  @Test
  void quotesMakeText() {
    assertEquals(List.of("yes", "1", "~", ""), value("['yes', \"1\", '~', \"\"]"));
  }

  @Test
  void marksWhereThingsStand() {
    YamlNode play = read("name: x\ntasks:\n  - copy:\n      dest: \"/tmp\"\n");
    YamlNode.Listing tasks =
        (YamlNode.Listing) ((YamlNode.Mapping) play).find("tasks").orElseThrow();
    YamlNode.Entry copy = ((YamlNode.Mapping) tasks.items().getFirst()).entry("copy").orElseThrow();
    YamlNode.Scalar dest = scalar(copy.value(), "dest");

    assertEquals("file.yaml:3:5", copy.key().at().toString());
    assertEquals(4, copy.key().at().length());
    assertEquals("file.yaml:4:13", dest.at().toString());
    assertEquals("file.yaml:4:14", dest.textAt().toString());
    assertEquals(6, dest.at().length());
  }

  @Test
  void marksEachLineOfABlock() {
    YamlNode a = read("a: |\n  {{ one }}\n    {{ two }}\n");
    YamlNode.Scalar block = scalar(a, "a");
    Template template = new Template(block.text(), block.textAt(), block.indent());

    assertEquals("{{ one }}\n  {{ two }}\n", block.text());
    assertEquals("file.yaml:2:6", template.spanOf(3, 3).toString());
    assertEquals("file.yaml:3:8", template.spanOf(15, 3).toString());
  }

  @Test
  void unsafeTextIsNoTemplate() {
    YamlNode node = read("a: !unsafe '{{ x }}'\nb: '{{ x }}'\n");

    assertEquals(
        Map.of("a", "{{ x }}", "b", "template"), node.value((text, at, indent) -> "template"));
  }

  @Test
  void aliasesAndMergedKeys() {
    assertEquals(
        Map.of(
            "base", Map.of("x", 1L, "y", 2L),
            "more", Map.of("y", 3L, "z", 4L),
            "all", Map.of("x", 1L, "y", 9L, "z", 4L),
            "same", Map.of("x", 1L, "y", 2L)),
        value(
            """
            base: &base {x: 1, y: 2}
            more: &more {y: 3, z: 4}
            all:
              <<: [*base, *more]
              y: 9
            same: *base
            """));
  }

  @Test
  void refusesAKeyTwice() {
    assertEquals(
        List.of("file.yaml:3:1 the key `a` stands here twice"), problemsIn("a: 1\nb: 2\na: 3\n"));
    assertEquals(List.of("first at line 1"), problems.sorted().getFirst().notes());
  }

  @Test
  void saysSpacesInsteadOfTabs() {
    assertEquals(1, problemsIn("a:\n\tb: 1\n").size());
    Problem problem = problems.sorted().getFirst();

    assertEquals("file.yaml:2:1", problem.at().toString());
    assertEquals("indent with spaces, not with tabs", problem.hint().orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: {{ b }}", "a: {{ b }} c", "- {{ b }}/c", "a: {{ b }}{{ c }}"})
  void saysQuotesAroundBraces(String text) {
    assertTrue(problemsIn(text).size() >= 1);
    assertEquals(
        "a value that begins with `{{` needs quotes around it",
        problems.sorted().getFirst().hint().orElse(""));
  }

  @Test
  void aliasesThatMultiplyEachOtherAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      String before = "*a" + (i - 1);
      bomb.append("a").append(i).append(": &a").append(i).append(" [");
      bomb.append(String.join(", ", java.util.Collections.nCopies(10, before))).append("]\n");
    }
    assertEquals(
        List.of("file.yaml this YAML is nested or multiplied too far"),
        problemsIn(bomb.toString()));
  }

  @Test
  void manyAliasesAreFine() {
    YamlNode list = read("[&a [x]" + ", *a".repeat(59) + "]");

    assertEquals(60, ((YamlNode.Listing) list).items().size());
  }

  @Test
  void deepNestingIsRefused() {
    assertEquals(1, problemsIn("[".repeat(5000) + "]".repeat(5000)).size());
  }

  @Test
  void anAliasOfItselfIsRefused() {
    assertEquals(1, problemsIn("&a [*a]").size());
  }

  @Test
  void oneDocumentIsExpected() {
    YamlReader.read(new Source("file.yaml", "a: 1\n---\nb: 2\n"), problems);

    assertEquals(List.of("file.yaml:3:1 only one document is expected in this file"), titles());
  }

  @Test
  void emptyFilesHoldNothing() {
    assertEquals(
        0, YamlReader.readAll(new Source("file.yaml", "# only a comment\n"), problems).size());
    assertEquals(List.of(), titles());
  }

  @Test
  void unknownTagsAreRefused() {
    assertEquals(
        List.of("file.yaml:1:4 the tag `!secret` is not supported"), problemsIn("a: !secret x"));
  }
}
