package kk.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kk.playbook.Expression;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a user meets: values that keep their type, and problems that point at the right spot.
class TemplatesTest {
  private final JinjaTemplates templates =
      new JinjaTemplates(List.of(), text -> text, Vault.CLOSED);

  private static Template template(String text) {
    return new Template(text, new Span(new Source("file", text), 1, 1, 1));
  }

  private @Nullable Object render(String text, Map<String, Object> variables) {
    return templates.render(template(text), new MapScope(variables));
  }

  private Problem failure(String text, Map<String, Object> variables) {
    return assertThrows(EvaluationFailed.class, () -> render(text, variables)).problem();
  }

  private static String where(Problem problem) {
    return problem.at().line() + ":" + problem.at().column() + "+" + problem.at().length();
  }

  @Test
  void aSingleExpressionKeepsItsType() {
    assertEquals(3L, render("{{ 1 + 2 }}", Map.of()));
    assertEquals(List.of(1L), render("{{ [1] }}", Map.of()));
    assertNull(render("{{ none }}", Map.of()));
    assertEquals("a3", render("a{{ 1 + 2 }}", Map.of()));
    assertEquals("<>", render("<{{ none }}>", Map.of()));
    assertEquals(1L, render("{% if true %}{{ 1 }}{% endif %}", Map.of()));
  }

  @Test
  void theLineBreaksAtTheEndStay() {
    assertEquals("x\n\n", templates.renderFile(template("x\n\n"), new MapScope(Map.of())));
    assertEquals(
        "x\n",
        templates.renderFile(template("{% if true %}\nx\n{% endif %}\n"), new MapScope(Map.of())));
  }

  @Test
  void anUndefinedNameIsPointedAtAndANearOneSuggested() {
    Problem problem =
        failure("a\n  {{ x }} {{ harbor_versoin }}", Map.of("x", 1L, "harbor_version", "2"));
    assertEquals("undefined-variable", problem.id());
    assertEquals("`harbor_versoin` is undefined", problem.title());
    assertEquals("did you mean `harbor_version`?", problem.hint().orElseThrow());
    assertEquals("2:14+14", where(problem));
  }

  @Test
  void aMissingKeyIsPointedAtAndANearOneSuggested() {
    Problem problem =
        failure("{{ image_registry.tpye }}", Map.of("image_registry", Map.of("type", "x")));
    assertEquals("`image_registry` has no key `tpye`", problem.title());
    assertEquals("did you mean `type`?", problem.hint().orElseThrow());
    assertEquals("1:19+4", where(problem));
  }

  @Test
  void problemsInsideTagsHaveTheirColumnToo() {
    assertEquals("3:4+4", where(failure("{% if true %}\nab\n{{ nope }}\n{% endif %}", Map.of())));
    assertEquals("2:14+4", where(failure("x\n{% for i in [nope] %}{% endfor %}", Map.of())));
    assertEquals("2:12+4", where(failure("\n{% set x = nope + 1 %}", Map.of())));
    assertEquals(
        "1:18+4",
        where(
            failure(
                "{% macro m() %}{{ nope }}{% endmacro %}a{{ m() }}".replace("{{ nope", "{{nope"),
                Map.of())));
  }

  @Test
  void unknownNamesFailEvenWhereTheyAreNotReached() {
    Problem problem = failure("{{ 1 if true else 2 | lenght }}", Map.of());
    assertEquals("unknown-filter", problem.id());
    assertEquals("did you mean `length`?", problem.hint().orElseThrow());
    assertEquals("1:23+6", where(problem));
    assertEquals(
        1, templates.check(template("{% if false %}{{ x is definde }}{% endif %}")).size());
    assertEquals(2, templates.check(template("{{ x | nope1 }}{{ x | nope2 }}")).size());
  }

  @Test
  void goTemplateSyntaxIsRecognised() {
    Problem problem = failure("{{ .harbor }}", Map.of());
    assertEquals("template-syntax", problem.id());
    assertEquals("this is Go template syntax; write `{{ harbor }}`", problem.hint().orElseThrow());
    assertEquals("1:4+1", where(problem));
  }

  @Test
  void unfinishedTagsArePointedAt() {
    assertEquals("1:1+2", where(failure("{{ x", Map.of())));
    assertEquals("2:4+2", where(failure("a\n{% if true %}b", Map.of())));
    assertEquals("1:4+5", where(failure("{% endif %}", Map.of())));
    assertEquals("1:4+4", where(failure("{% whle %}", Map.of())));
  }

  @Test
  void noJavaObjectIsInReach() {
    for (String probe :
        List.of(
            "{{ ''.getClass() }}",
            "{{ ''.class }}",
            "{{ [].getClass().forName('java.lang.Runtime') }}",
            "{{ o.secret }}",
            "{{ o.toString() }}",
            "{{ ''.__class__.__mro__ }}",
            "{% set x = ''.getClass() %}{{ x.forName('java.lang.Runtime') }}")) {
      Map<String, Object> variables = Map.of("o", new Path[0]);
      assertEquals("undefined-variable", failure(probe, variables).id(), probe);
    }
    assertThrows(EvaluationFailed.class, () -> render("{{ 'a' * 10000000000 }}", Map.of()));
    assertThrows(EvaluationFailed.class, () -> render("{{ 9 ** (9 ** 9) }}", Map.of()));
    assertThrows(EvaluationFailed.class, () -> render("{{ range(100000000) | list }}", Map.of()));
  }

  @Test
  void dataIsNeverRendered() {
    Map<String, Object> variables = Map.of("answer", "{{ 7*7 }}{% raw %}");
    assertEquals("{{ 7*7 }}{% raw %}", render("{{ answer }}", variables));
    assertEquals("a {{ 7*7 }}{% raw %}", render("a {{ answer }}", variables));
    assertEquals(
        "a {{ 7*7 }}{% raw %}", render("{% if true %}a {{ answer }}{% endif %}", variables));
    assertEquals(
        "{{ 7*7 }}{% raw %}", render("{% for x in [answer] %}{{ x }}{% endfor %}", variables));
  }

  @Test
  void changesStayInsideTheTemplate() {
    List<Object> list = new ArrayList<>(List.of(1L));
    Map<String, Object> inner = new HashMap<>(Map.of("list", list));
    Map<String, Object> variables = new HashMap<>(Map.of("list", list, "map", inner));
    assertEquals(
        "[1, 2]", render("{% do list.append(2) %}{{ list }} ".strip() + "{{ '' }}", variables));
    assertEquals(
        "[1, 3]{'list': [1], 'a': 1}",
        render(
            "{% set m = map %}{% do map.update(a=1) %}{% set l = m.list %}{% do l.append(3) %}{{ l"
                + " }}{{ m | dict2items | items2dict }}",
            variables));
    assertEquals(
        "[0, 1]",
        render(
            "{% set x = [] %}{% for i in range(2) %}{% do x.append(i) %}{% endfor %}{{ x }}{{ ''"
                + " }}",
            variables));
    assertEquals(List.of(1L), list);
    assertEquals(Map.of("list", list), inner);
  }

  /// A map that says which keys it was asked for and can't be gone through.
  private static final class LazyMap extends java.util.AbstractMap<String, Object> {
    private final List<Object> asked = new ArrayList<>();

    @Override
    public Object get(Object key) {
      asked.add(key);
      return "value of " + key;
    }

    @Override
    public boolean containsKey(Object key) {
      return true;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      throw new AssertionError("the map was gone through");
    }
  }

  @Test
  void aLazyMapIsAskedForTheOneKey() {
    LazyMap map = new LazyMap();
    Map<String, Object> variables = Map.of("hostvars", map);
    assertEquals("value of a", render("{{ hostvars.a }}", variables));
    assertEquals("value of b", render("{{ hostvars['b'] }}", variables));
    assertEquals(
        "value of c", render("{% if true %}{{ hostvars.get('c') }}{% endif %}", variables));
    assertEquals("value of d", render("{{ 'd' | extract(hostvars) }}", variables));
    assertEquals(List.of("a", "b", "c", "d"), map.asked);
    assertSame(map, render("{{ hostvars }}", variables));
  }

  @Test
  void loopsKnowWhatJinjaLoopsKnow() {
    Map<String, Object> none = Map.of();
    assertEquals(
        "1:1,3:2,",
        render("{% for x in [1, 2, 3] if x != 2 %}{{ x }}:{{ loop.index }},{% endfor %}", none));
    assertEquals("none", render("{% for x in [] %}x{% else %}none{% endfor %}", none));
    assertEquals(
        "1.", render("{% for x in [1, 2] %}{{ x }}.{% break %}{% else %}none{% endfor %}", none));
    assertEquals("a-b-c-", render("{% for x in 'abc' %}{{ x }}-{% endfor %}", none));
    assertEquals(
        "1a2",
        render(
            "{% for x in [1, 2, 3, 4] %}{% if x == 3 %}{% break %}no{% endif %}{% if x == 2 %}a{%"
                + " endif %}{{ x }}{% endfor %}",
            none));
    assertEquals(
        "13",
        render(
            "{% for x in [1, 2, 3] %}{% if x == 2 %}{% continue %}{% endif %}{{ x }}{% endfor %}",
            none));
    assertEquals(
        "x(y())z()",
        render(
            "{% for n in tree recursive %}{{ n.n }}({{ loop(n.c) }}){% endfor %}",
            Map.of(
                "tree",
                List.of(
                    Map.of("n", "x", "c", List.of(Map.of("n", "y", "c", List.of()))),
                    Map.of("n", "z", "c", List.of())))));
    assertEquals(
        "3",
        render(
            "{% set ns = namespace(n=0) %}{% for x in [1, 2] %}{% set ns.n = ns.n + x %}{% endfor"
                + " %}{{ ns.n }}{{ '' }}",
            none));
  }

  @Test
  void blocksOfTextAndMacros() {
    Map<String, Object> none = Map.of();
    assertEquals("AB", render("{% filter upper %}a{{ 'b' }}{% endfilter %}", none));
    assertEquals("<ab>", render("{% set x %}a{{ 'b' }}{% endset %}<{{ x }}>", none));
    assertEquals("1-2", render("{% with a = 1, b = 2 %}{{ a }}-{{ b }}{% endwith %}", none));
    assertEquals(
        "[7]",
        render(
            "{% macro m() %}[{{ caller(7) }}]{% endmacro %}{% call(x) m() %}{{ x }}{% endcall %}",
            none));
    assertEquals(
        "1none",
        render(
            "{% macro m(a, b) %}{{ a }}{{ b | default('none') }}{% endmacro %}{{ m(1) }}", none));
    assertEquals(
        "1-x", render("{% macro m(a, b='x') %}{{ a }}-{{ b }}{% endmacro %}{{ m(a=1) }}", none));
    assertEquals(
        "the argument `b` was not given",
        failure("{% macro m(a, b) %}{{ b }}{% endmacro %}{{ m(1) }}", none).title());
    assertTrue(
        failure("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", none)
            .title()
            .contains("without end"));
    Problem alone = failure("\n{% macro m() %}{{ caller() }}{% endmacro %}{{ m() }}", none);
    assertEquals("`caller` is undefined: this macro wasn't called by a `call`", alone.title());
    assertEquals("2:4+5", where(alone));
    Problem more = failure("{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}", none);
    assertEquals("the macro `m` takes no more than 1 argument", more.title());
    assertEquals("2:4+1", where(more));
    assertEquals(
        "the macro `m` has no argument `b`",
        failure("{% macro m(a) %}{% endmacro %}{{ m(b=1) }}", none).title());
  }

  @Test
  void filesAreIncludedImportedAndExtended(@TempDir Path folder) throws IOException {
    java.nio.file.Files.createDirectory(folder.resolve("templates"));
    java.nio.file.Files.writeString(folder.resolve("templates/part.j2"), "part {{ x }}\n");
    java.nio.file.Files.writeString(folder.resolve("bad.j2"), "ab\n{{ nope }}\n");
    java.nio.file.Files.writeString(
        folder.resolve("macros.j2"), "{% macro m(a) %}<{{ a }}>{% endmacro %}{% set v = 5 %}");
    java.nio.file.Files.writeString(folder.resolve("base.j2"), "[{% block b %}base{% endblock %}]");
    Scope scope = new MapScope(Map.of("x", 1L), List.of(folder));
    assertEquals("a part 1", templates.render(template("a {% include 'part.j2' %}"), scope));
    assertEquals("ab", templates.render(template("a{% include 'no.j2' ignore missing %}b"), scope));
    assertEquals(
        "<3>5",
        templates.render(template("{% import 'macros.j2' as m %}{{ m.m(3) }}{{ m.v }}"), scope));
    assertEquals(
        "<3>", templates.render(template("{% from 'macros.j2' import m %}{{ m(3) }}"), scope));
    assertEquals(
        "[own 1]",
        templates.render(
            template("{% extends 'base.j2' %}{% block b %}own {{ x }}{% endblock %}"), scope));
    Template including = template("{% include 'bad.j2' %}");
    Problem problem =
        assertThrows(EvaluationFailed.class, () -> templates.render(including, scope)).problem();
    assertEquals(folder.resolve("bad.j2") + ":2:4", problem.at().toString());
  }

  @Test
  void aPasswordIsMadeOnceAndKept(@TempDir Path folder) throws IOException {
    String lookup = "{{ lookup('password', '" + folder + "/a/b/pw length=12 chars=hexdigits') }}";
    String first = String.valueOf(render(lookup, Map.of()));
    assertEquals(first, render(lookup, Map.of()));
    assertTrue(first.matches("[0-9a-fA-F]{12}"));
    Path file = folder.resolve("a/b/pw");
    assertEquals(
        "[OWNER_READ, OWNER_WRITE]",
        new java.util.TreeSet<>(java.nio.file.Files.getPosixFilePermissions(file)).toString());
    assertEquals(3, java.nio.file.Files.getPosixFilePermissions(folder.resolve("a/b")).size());
    assertEquals(first + "\n", java.nio.file.Files.readString(file));
  }

  @Test
  void aPasswordHasACharacterOfEachKind() {
    for (int i = 0; i < 200; i++) {
      Object made =
          render(
              "{{ lookup('password', '/dev/null', length=3, chars=['ascii_lowercase', 'digits', '-']) }}",
              Map.of());
      assertTrue(
          String.valueOf(made).matches("(?=.*[a-z])(?=.*[0-9])(?=.*-).{3}"), String.valueOf(made));
    }
  }

  @Test
  void conditionsAreTrueAsPythonSeesIt() {
    Scope scope = new MapScope(Map.of("text", "x", "list", List.of()));
    Source source = new Source("file", "");
    assertTrue(templates.holds(new Expression("text", Span.whole(source)), scope));
    assertFalse(templates.holds(new Expression("list", Span.whole(source)), scope));
    assertFalse(templates.holds(new Expression("text is not defined", Span.whole(source)), scope));
    assertThrows(
        EvaluationFailed.class,
        () -> templates.holds(new Expression("nope", Span.whole(source)), scope));
  }

  @Test
  void lookupsServeLoops() {
    Span at = new Span(new Source("file", ""), 3, 5, 4);
    Scope scope = new MapScope(Map.of());
    assertEquals(
        List.of(1L, 2L, 3L),
        templates.lookup("items", List.of(1L, List.of(2L, 3L)), Map.of(), scope, at));
    Problem problem =
        assertThrows(
                EvaluationFailed.class,
                () -> templates.lookup("itemz", List.of(), Map.of(), scope, at))
            .problem();
    assertEquals("unknown-lookup", problem.id());
    assertEquals(at, problem.at());
  }
}
