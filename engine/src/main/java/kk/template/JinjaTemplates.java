package kk.template;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import kk.playbook.Expression;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.source.Source;
import kk.source.Span;
import kk.spi.TemplateFilter;
import kk.spi.TemplateSyntax;
import kk.vault.Vault;
import org.jspecify.annotations.Nullable;

/// Jinja templates as Ansible reads them. What has been parsed is kept.
public final class JinjaTemplates implements Templates {
  private static final int REMEMBERED = 4096;

  /// Text that reads the same as code: a number, a word for truth, text in quotes.
  private static final Pattern LITERAL =
      Pattern.compile(
          "\\s*(-?\\d+(\\.\\d+)?|[Tt]rue|[Ff]alse|[Nn]one|'[^'\\\\{}]*'|\"[^\"\\\\{}]*\")\\s*");

  private static final Pattern WORD = Pattern.compile("(?U)\\w+");

  private final Library library;
  private final Vault vault;
  private final Files files;
  private final Map<String, ParsedExpression> expressions = new ConcurrentHashMap<>();
  private final Map<String, ParsedTemplate> templates = new ConcurrentHashMap<>();

  /// @param extensions filters besides the built-in ones
  /// @param yaml reads YAML text, for the filter `from_yaml`
  /// @param vault opens files that lookups and includes read
  public JinjaTemplates(
      List<TemplateFilter> extensions, Function<String, @Nullable Object> yaml, Vault vault) {
    this(extensions, yaml, vault, LookupManners.STANDARD);
  }

  /// @param manners how lookups behave
  public JinjaTemplates(
      List<TemplateFilter> extensions,
      Function<String, @Nullable Object> yaml,
      Vault vault,
      LookupManners manners) {
    this.library = StandardLibrary.with(extensions, manners);
    this.vault = vault;
    this.files = new Files(this::renderPath, yaml, vault);
  }

  @Override
  public Vault vault() {
    return vault;
  }

  @Override
  public @Nullable Object evaluate(Expression expression, Scope scope) {
    return Results.checked(value(expression, scope));
  }

  @Override
  public boolean holds(Expression condition, Scope scope) {
    return Values.isTrue(value(withLiterals(condition, scope), scope));
  }

  /// Ansible reads text that braces put into a condition as code. Text may come from a host, so it
  /// is refused here, unless it is a literal, which can do no harm.
  private Expression withLiterals(Expression condition, Scope scope) {
    if (!condition.text().contains("{{")) {
      return condition;
    }
    String text =
        BracedCondition.withLiterals(
            condition.text(),
            inner -> {
              Expression inserted = new Expression(inner, condition.at(), condition.indent());
              if (!(value(inserted, scope) instanceof String inside)) {
                return Optional.empty();
              }
              if (LITERAL.matcher(inside).matches()) {
                return Optional.of(inside);
              }
              if (!WORD.matcher(inside).matches()) {
                throw insertedText(inner, condition);
              }
              return Optional.empty(); // compared as the text it is
            });
    return new Expression(text, condition.at(), condition.indent());
  }

  private static EvaluationFailed insertedText(String inner, Expression condition) {
    return new EvaluationFailed(
        Problem.of(
                "braces-in-condition",
                condition.at(),
                "`{{ " + inner + " }}` comes to text, which can't become a part of a condition")
            .hint("leave the braces out, or put quotes around them"));
  }

  private @Nullable Object value(Expression expression, Scope scope) {
    ParsedExpression parsed = parse(expression.text());
    Locator locator = expression::spanOf;
    failOn(parsed.flaws(), locator);
    Node node = parsed.node();
    return node == null ? null : new Evaluator(session(), scope, locator).value(node);
  }

  private Session session() {
    return new Session(library, files);
  }

  private static void failOn(List<Flaw> flaws, Locator locator) {
    if (!flaws.isEmpty()) {
      throw new EvaluationFailed(flaws.getFirst().problem(locator));
    }
  }

  @Override
  public @Nullable Object render(Template template, Scope scope) {
    if (!Template.isIn(template.text())) {
      return template.text();
    }
    ParsedTemplate parsed = parse(template.text(), TemplateSyntax.STANDARD);
    Locator locator = template::spanOf;
    failOn(parsed.flaws(), locator);
    if (parsed.isSingleOutput()) {
      Piece.Output output = (Piece.Output) parsed.pieces().getFirst();
      Object value = Results.checked(new Evaluator(session(), scope, locator).value(output.node()));
      return value instanceof String text ? withEnd(text, template.text()) : value;
    }
    Object value = rendered(parsed, scope, locator);
    return value instanceof String text ? withEnd(text, template.text()) : value;
  }

  @Override
  public String renderFile(Template file, Scope scope, TemplateSyntax syntax) {
    TemplateHeader.Headed headed = TemplateHeader.read(file, syntax);
    Template body = headed.body();
    ParsedTemplate parsed = parse(body.text(), headed.syntax());
    Locator locator = body::spanOf;
    failOn(parsed.flaws(), locator);
    return withEnd(Printing.output(rendered(parsed, scope, locator)), body.text());
  }

  private @Nullable Object rendered(ParsedTemplate parsed, Scope variables, Locator locator) {
    return new Rendering(this, session()).render(parsed, new StableScope(variables), locator);
  }

  /// Ansible keeps the line breaks at the end of the source.
  private static String withEnd(String text, String source) {
    int missing = lineBreaksAtEnd(source) - lineBreaksAtEnd(text);
    return missing > 0 ? text + "\n".repeat(missing) : text;
  }

  private static int lineBreaksAtEnd(String text) {
    int from = text.length();
    while (from > 0 && text.charAt(from - 1) == '\n') {
      from--;
    }
    return text.length() - from;
  }

  private String renderPath(Path file, Scope scope, TemplateSyntax syntax) {
    Source source = files.read(file);
    return renderFile(new Template(source.text(), new Span(source, 1, 1, 1)), scope, syntax);
  }

  @Override
  public List<Problem> check(Template template) {
    return problems(parse(template.text(), TemplateSyntax.STANDARD).flaws(), template::spanOf);
  }

  @Override
  public List<Problem> check(Expression expression) {
    return problems(parse(expression.text()).flaws(), expression::spanOf);
  }

  private static List<Problem> problems(List<Flaw> flaws, Locator locator) {
    return flaws.stream().map(flaw -> flaw.problem(locator)).toList();
  }

  /// What a lookup gives for its terms: the items that `with_NAME` loops over.
  ///
  /// @param terms one term, or a list of them
  public List<@Nullable Object> lookup(
      String name, @Nullable Object terms, Map<String, Object> options, Scope scope, Span at) {
    Node node = new Node.Name(0, at.length(), name);
    Evaluator evaluator = new Evaluator(session(), scope, (offset, length) -> at);
    try {
      List<@Nullable Object> given = new ArrayList<>();
      if (terms instanceof List<?> list) {
        given.addAll(list);
      } else {
        given.add(terms);
      }
      return Lookups.run(name, given, Map.copyOf(options), evaluator, node);
    } catch (Refusal refusal) {
      throw evaluator.failed(node, refusal);
    }
  }

  /// The names of everything a template can use, with a sentence on each, for the manual.
  public List<Described> described() {
    return Described.all(library);
  }

  ParsedTemplate parse(String text, TemplateSyntax syntax) {
    String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    if (!syntax.equals(TemplateSyntax.STANDARD)) {
      return TemplateReader.read(body, syntax, library);
    }
    ParsedTemplate known = templates.get(body);
    if (known == null) {
      known = TemplateReader.read(body, syntax, library);
      remember(templates, body, known);
    }
    return known;
  }

  private ParsedExpression parse(String text) {
    ParsedExpression known = expressions.get(text);
    if (known == null) {
      known = ParsedExpression.read(BracedCondition.withoutBraces(text), library);
      remember(expressions, text, known);
    }
    return known;
  }

  private static <T> void remember(Map<String, T> cache, String text, T parsed) {
    if (cache.size() >= REMEMBERED) {
      cache.clear();
    }
    cache.put(text, parsed);
  }
}
