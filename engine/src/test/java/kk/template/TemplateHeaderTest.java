package kk.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.source.Source;
import kk.source.Span;
import kk.spi.TemplateSyntax;
import kk.vault.Vault;
import org.junit.jupiter.api.Test;

/// Files of templates whose marks are not the usual ones, as the caller or their first line says.
class TemplateHeaderTest {
  private final JinjaTemplates templates =
      new JinjaTemplates(List.of(), text -> text, Vault.CLOSED);

  private static Template template(String text) {
    return new Template(text, new Span(new Source("file", text), 1, 1, 1));
  }

  @Test
  void anotherSyntaxCanBeAskedFor() {
    TemplateSyntax syntax = new TemplateSyntax("<%", "%>", "[[", "]]", "<#", "#>", true, true);
    Template file = template("  <% if true %>\n[[ 1 ]] {{ x }} ${#a}\n  <% endif %>\n");
    assertEquals("1 {{ x }} ${#a}\n", templates.renderFile(file, new MapScope(Map.of()), syntax));
  }

  @Test
  void aFileSaysInItsFirstLineWhatItsMarksAre() {
    Template file =
        template(
            """
            #jinja2: variable_start_string: '[[', variable_end_string: "]]", lstrip_blocks: True
              {% if true %}
            [[ 1 ]] {{ x }}
              {% endif %}
            """);
    assertEquals("1 {{ x }}\n", templates.renderFile(file, new MapScope(Map.of())));
    assertEquals(
        "\n1",
        templates.renderFile(
            template("#jinja2:trim_blocks:False\n{% if true %}\n{{ 1 }}{% endif %}"),
            new MapScope(Map.of())));
  }

  @Test
  void aMistakeInTheFirstLineHasItsPlace() {
    assertEquals(
        "file:1:10 there is no template setting `trim_block`",
        mistake("#jinja2: trim_block: True\nx"));
    assertEquals(
        "file:1:23 `trim_blocks` is True or False", mistake("#jinja2: trim_blocks: \"no\"\nx"));
    assertEquals(
        "file:1:9 `#jinja2:` takes pairs such as `trim_blocks: False`, with commas between",
        mistake("#jinja2: trim_blocks=False\nx"));
    assertEquals("file:2:4 `nope` is undefined", mistake("#jinja2: trim_blocks: True\n{{ nope }}"));
  }

  private String mistake(String text) {
    Problem problem =
        assertThrows(
                EvaluationFailed.class,
                () -> templates.renderFile(template(text), new MapScope(Map.of())))
            .problem();
    return problem.at() + " " + problem.title();
  }
}
