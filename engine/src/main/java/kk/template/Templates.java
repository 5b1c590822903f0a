package kk.template;

import java.util.List;
import kk.playbook.Expression;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.spi.TemplateSyntax;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;

/// Renders templates and evaluates expressions with Jinja2's meaning, as ansible-core 2.19 sets it
/// up: native types, strict undefined, `trim_blocks`. Safe for use by many threads at once.
public interface Templates {
  /// What opens the encrypted files and values that templates meet.
  Vault vault();

  /// The value of an expression.
  ///
  /// @throws EvaluationFailed when it is wrong or comes to something undefined
  @Nullable Object evaluate(Expression expression, Scope scope);

  /// What a condition comes to: the truth of its value, as Python sees it.
  ///
  /// @throws EvaluationFailed when it is wrong or uses something undefined
  boolean holds(Expression condition, Scope scope);

  /// The value of a template: of the type of its expression when it is nothing but one `{{ … }}`,
  /// else text.
  ///
  /// @throws EvaluationFailed when it is wrong or uses something undefined
  @Nullable Object render(Template template, Scope scope);

  /// The text of a template file: always text, with the trailing line breaks of the source kept.
  ///
  /// @param syntax its marks, unless its first line says something else
  /// @throws EvaluationFailed when it is wrong or uses something undefined
  String renderFile(Template file, Scope scope, TemplateSyntax syntax);

  /// The text of a template file with the usual marks.
  default String renderFile(Template file, Scope scope) {
    return renderFile(file, scope, TemplateSyntax.STANDARD);
  }

  /// What is wrong with a template whatever the variables are: syntax, unknown filters and tests.
  List<Problem> check(Template template);

  /// What is wrong with an expression whatever the variables are: syntax, unknown filters and
  /// tests.
  List<Problem> check(Expression expression);
}
