package kk.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kk.source.Source;
import kk.source.Span;
import kk.spi.TemplateSyntax;
import org.jspecify.annotations.Nullable;

/// One rendering of a template with tags, together with the files it includes: knows what the
/// references that Jinjava sees stand for, and keeps the first failure.
final class Rendering {
  /// Under this name Jinjava's variables hold the rendering.
  static final String NAME = "kk:rendering";

  static final int DEEPEST = 200;
  private static final List<String> FOLDERS = List.of("templates");

  private final JinjaTemplates templates;
  private final Scope scope;
  private final Session session;
  private final Map<String, PreparedTemplate.Referred> references = new HashMap<>();
  private @Nullable EvaluationFailed failure;
  private int outputs;
  private @Nullable Object lastOutput;
  private int depth;

  Rendering(JinjaTemplates templates, Scope scope, Session session) {
    this.templates = templates;
    this.scope = scope;
    this.session = session;
  }

  static Rendering of(JinjavaInterpreter interpreter) {
    return (Rendering) Objects.requireNonNull(interpreter.getContext().get(NAME));
  }

  /// The text for Jinjava of a template that takes part in this rendering.
  String prepare(ParsedTemplate parsed, Locator locator) {
    PreparedTemplate prepared = PreparedTemplate.of(parsed, locator);
    references.putAll(prepared.references());
    return prepared.text();
  }

  /// The text for Jinjava of a file that is imported or extended.
  String prepareFile(String name) {
    return prepareFile(Files.require(name, FOLDERS, scope));
  }

  private String prepareFile(Path file) {
    Source source = session.files().read(file);
    kk.playbook.Template template =
        new kk.playbook.Template(source.text(), new Span(source, 1, 1, 1));
    ParsedTemplate parsed = templates.parse(template.text(), TemplateSyntax.STANDARD);
    if (!parsed.flaws().isEmpty()) {
      throw fail(new EvaluationFailed(parsed.flaws().getFirst().problem(template::spanOf)));
    }
    return prepare(parsed, template::spanOf);
  }

  /// The text of an included file, or null when there is none of these names.
  @Nullable String prepareFirst(List<@Nullable Object> names) {
    for (Object name : names) {
      Path found = Files.find(Printing.text(name), FOLDERS, scope);
      if (found != null) {
        return prepareFile(found);
      }
    }
    return null;
  }

  PreparedTemplate.Referred referred(String reference) {
    return Objects.requireNonNull(references.get(reference), reference);
  }

  /// What Jinjava gets for a reference.
  @Nullable Object value(String reference, JinjavaInterpreter interpreter) {
    if (failure != null) {
      return "";
    }
    PreparedTemplate.Referred referred = referred(reference);
    return switch (referred.meaning()) {
      case PreparedTemplate.Literal(String text) -> text;
      case PreparedTemplate.Printed(Node node) -> {
        Object value = evaluate(node, referred, interpreter, null);
        outputs++;
        lastOutput = value;
        yield printed(value);
      }
      case PreparedTemplate.Computed(Node node) ->
          JinjavaScope.stored(evaluate(node, referred, interpreter, null));
      case PreparedTemplate.NotGiven(Node.Name name) ->
          new Undefined(
              () ->
                  kk.problem.Problem.of(
                      "undefined-variable",
                      referred.locator().span(name.offset(), name.length()),
                      "the argument `" + name.name() + "` was not given"),
              false);
      case PreparedTemplate.Tagged tagged -> throw new IllegalStateException(reference);
    };
  }

  private String printed(@Nullable Object value) {
    try {
      return Printing.output(value);
    } catch (EvaluationFailed e) {
      throw fail(e);
    }
  }

  /// @param body the text of the block, for the filters of `{% filter %}` and `{% set %}`
  @Nullable Object evaluate(
      Node node,
      PreparedTemplate.Referred referred,
      JinjavaInterpreter interpreter,
      @Nullable String body) {
    try {
      Scope names = new JinjavaScope(interpreter, scope, this);
      return new Evaluator(session, names, referred.locator(), body).value(node);
    } catch (EvaluationFailed e) {
      throw fail(e);
    }
  }

  /// Notes a failure; the first one counts.
  EvaluationFailed fail(EvaluationFailed e) {
    if (failure == null) {
      failure = e;
    }
    return failure;
  }

  /// Makes a located failure of a refusal.
  EvaluationFailed fail(Refusal refusal, PreparedTemplate.Referred referred) {
    Node node = new Node.Name(referred.offset(), referred.length(), "");
    return fail(new Evaluator(session, scope, referred.locator()).failed(node, refusal));
  }

  boolean hasFailed() {
    return failure != null;
  }

  void throwFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  @Nullable Object current(@Nullable Object value) {
    return session.current(value);
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw Refusal.because("macros or includes call each other without end");
    }
  }

  void leave() {
    depth--;
  }

  /// The value of the whole template. When all that came out is a single `{{ … }}`, its value keeps
  /// its type, as it does without tags.
  @Nullable Object result(String output) {
    boolean single = outputs == 1 && lastOutput != null && output.equals(Printing.text(lastOutput));
    return single ? Results.checked(lastOutput) : output;
  }
}
