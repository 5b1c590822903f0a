package kk.load;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Span;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.template.Scope;
import kk.template.Templates;
import org.jspecify.annotations.Nullable;

/// What names of imported files and roles come to. They may use what the command line gives and
/// what the playbook says around them, but nothing of a host.
final class Beforehand {
  private final Templates templates;
  private final Function<Map<String, Object>, Scope> scopes;
  private final Problems problems;

  /// @param scopes what a template sees, given what the playbook says around it
  Beforehand(Templates templates, Function<Map<String, Object>, Scope> scopes, Problems problems) {
    this.templates = templates;
    this.scopes = scopes;
    this.problems = problems;
  }

  /// The text that a name comes to; a problem when it needs something of a host.
  ///
  /// @param name text or [Template]
  /// @param vars what the playbook says around it
  /// @param instead what it is when it comes to nothing or to `omit`
  Optional<String> text(
      Object name, Span at, Map<String, Object> vars, String instead, String hint) {
    if (!(name instanceof Template template)) {
      return Optional.of(String.valueOf(name));
    }
    try {
      @Nullable Object value = templates.render(template, scopes.apply(vars));
      return Optional.of(value == null || value == Omit.OMIT ? instead : value.toString());
    } catch (EvaluationFailed e) {
      problems.add(
          Problem.of("import-of-template", at, "what is imported has to be known before the run")
              .note(e.problem().title())
              .hint(hint));
      return Optional.empty();
    }
  }
}
