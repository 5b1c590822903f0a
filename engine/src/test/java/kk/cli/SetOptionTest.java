package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The grammar is Helm's, but for one thing: `{a,b}` stays text.
class SetOptionTest {
  private final Problems problems = new Problems();
  private final SetOption option = new SetOption(problems);

  private Map<String, Object> set(String... texts) {
    for (String text : texts) {
      option.add(text);
    }
    assertEquals(List.of(), problems.sorted());
    return option.values();
  }

  @Test
  void commasSeparateAndDotsNest() {
    assertEquals(
        Map.of("a", Map.of("b", "1x", "c", Map.of("d", "y")), "e", "z"),
        set("a.b=1x,a.c.d=y", "e=z"));
  }

  @Test
  void indexesFillLists() {
    Map<String, Object> b = new HashMap<>();
    b.put("c", "x");
    assertEquals(Map.of("a", Arrays.asList(b, null, "z")), set("a[2]=z,a[0].c=x"));
    assertEquals(Map.of("a", List.of(List.of("x"))), new SetOptionTest().set("a[0][0]=x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.10", "0644", "0123", "1e3", "yes", "True", "1.5", "-", "1_0", "00", "~", "NULL"
      })
  void onlyFewWordsAreTyped(String text) {
    assertEquals(Map.of("a", text), set("a=" + text));
  }

  @Test
  void truthAndNumbersAreTyped() {
    Map<String, Object> expected = new HashMap<>();
    expected.put("t", true);
    expected.put("f", false);
    expected.put("n", null);
    expected.put("i", 12L);
    expected.put("m", -3L);
    expected.put("z", 0L);
    assertEquals(expected, set("t=true,f=false,n=null,i=12,m=-3,z=0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a=x\\,y | x,y",
        "a=\"x,y\" | x,y",
        "a='x,y' | x,y",
        "a=[x,y] | [x,y]",
        "a={x,y} | {x,y}",
        "a=x=y | x=y",
        "a=C:\\dir | C:\\dir",
        "a=x\\\\y | x\\y",
        "a=it's | it's",
        "a=x\\=y | x=y",
        "a={\"k\": \"v,w\"} | {\"k\": \"v,w\"}"
      })
  void valuesMayHoldWhatSeparates(String text, String value) {
    assertEquals(Map.of("a", value), set(text));
  }

  @Test
  void keysMayHoldDots() {
    assertEquals(Map.of("a", Map.of("b.c/d", "x")), set("a.b\\.c/d=x"));
  }

  @Test
  void emptyIsText() {
    assertEquals(Map.of("a", "", "b", "x"), set("a=,b=x"));
  }

  @Test
  void laterWinsAndReplacesAValue() {
    assertEquals(Map.of("a", Map.of("b", "y")), set("a.b=x", "a.b=y"));
  }

  @Test
  void stringsStayText() {
    option.addString("a=true,b=12,c=null");
    assertEquals(Map.of("a", "true", "b", "12", "c", "null"), option.values());
  }

  @Test
  void bracesMakeATemplateThatKnowsItsPlace() {
    Template template = assertInstanceOf(Template.class, set("x=1,a={{ b + 1 }}").get("a"));
    assertEquals("--set:1:7", template.at().toString());
  }

  @Test
  void tellsWhatWasSet() {
    set("a.b[0].c=x,d=1");
    assertEquals(
        List.of(List.of("a", "b", "c"), List.of("d")),
        option.assignments().stream().map(SetOption.Assignment::path).toList());
    set("names[0]=x");
    assertEquals(List.of("x"), option.assignments().getLast().value());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "novalue | --set:1:1 `novalue` is not of the form key=value",
        "a=1,b | --set:1:5 `b` is not of the form key=value",
        "=x | --set:1:1 `=x` is not of the form key=value",
        "a..b=x | --set:1:1 `a..b` has an empty part between its dots",
        "a.=x | --set:1:1 `a.` has an empty part between its dots",
        "a[x]=1 | --set:1:1 `a[x]` has no number in its brackets",
        "a[=1 | --set:1:1 `a[` has no number in its brackets",
        "a=1,a.b=2 | --set:1:5 `b` can't be set below something that is no mapping",
        "a[99999]=1 | --set:1:1 `a[99999]` has no number in its brackets"
      })
  void saysWhatIsWrong(String text, String expected) {
    option.add(text);

    Problem problem = problems.sorted().getFirst();
    assertEquals(expected, problem.at() + " " + problem.title());
    assertEquals(1, problems.sorted().size());
  }
}
