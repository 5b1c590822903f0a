package kk.template;

import java.nio.file.Path;
import java.util.List;
import kk.playbook.Template;
import kk.source.Source;
import kk.source.Span;
import kk.spi.TemplateSyntax;
import org.jspecify.annotations.Nullable;

/// One rendering of a template, together with the files that take part in it.
final class Rendering {
  private static final int DEEPEST = 200;
  private static final List<String> FOLDERS = List.of("templates");

  private final JinjaTemplates templates;
  private final Session session;
  private int outputs;
  private @Nullable Object lastOutput;
  private int depth;

  Rendering(JinjaTemplates templates, Session session) {
    this.templates = templates;
    this.session = session;
  }

  /// A template that takes part.
  ///
  /// @param locator finds its text in a file
  record Part(ParsedTemplate parsed, Locator locator) {}

  Session session() {
    return session;
  }

  /// What the template comes to. When all that came out is a single `{{ … }}`, its value keeps its
  /// type.
  @Nullable Object render(ParsedTemplate parsed, Scope scope, Locator locator) {
    String output = Renderer.whole(this, new Part(parsed, locator), new Frame(scope));
    boolean single = outputs == 1 && lastOutput != null && output.equals(Printing.text(lastOutput));
    return single ? Results.checked(lastOutput) : output;
  }

  String printed(@Nullable Object value) {
    outputs++;
    lastOutput = value;
    return Printing.output(value);
  }

  /// A file that is imported or extended.
  Part load(@Nullable Object name, Scope scope) {
    return load(Files.require(Printing.text(name), FOLDERS, scope));
  }

  /// The first of some files that there is, or null.
  @Nullable Part loadFirst(List<@Nullable Object> names, Scope scope) {
    for (Object name : names) {
      Path found = Files.find(Printing.text(name), FOLDERS, scope);
      if (found != null) {
        return load(found);
      }
    }
    return null;
  }

  private Part load(Path file) {
    Source source = session.files().read(file);
    Template template = new Template(source.text(), new Span(source, 1, 1, 1));
    ParsedTemplate parsed = templates.parse(template.text(), TemplateSyntax.STANDARD);
    if (!parsed.flaws().isEmpty()) {
      throw new EvaluationFailed(parsed.flaws().getFirst().problem(template::spanOf));
    }
    return new Part(parsed, template::spanOf);
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw Refusal.because("macros or templates call each other without end");
    }
  }

  void leave() {
    depth--;
  }
}
