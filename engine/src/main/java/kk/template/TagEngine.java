package kk.template;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.tag.Tag;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ExpressionFactory;
import kk.problem.Problem;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// Renders templates with tags by means of Jinjava. Jinjava sees a template in which every
/// expression, and every text it might misread, is replaced by a reference such as `k1p4`; what a
/// reference comes to is computed here.
final class TagEngine {
  private final JinjaTemplates templates;
  private final Jinjava jinjava;

  TagEngine(JinjaTemplates templates) {
    this.templates = templates;
    JinjavaConfig config =
        JinjavaConfig.newBuilder()
            .withNestedInterpretationEnabled(false)
            .withKeepTrailingNewline(true)
            .withEnableRecursiveMacroCalls(true)
            .withMaxRenderDepth(Rendering.DEEPEST)
            .withLegacyOverrides(LegacyOverrides.NONE)
            .build();
    this.jinjava = new ReferenceJinjava(config);
    for (Tag tag : TemplateTags.all()) {
      jinjava.registerTag(tag);
    }
    jinjava.setResourceLocator(
        (name, charset, interpreter) -> Rendering.of(interpreter).prepareFile(name));
  }

  /// Jinjava with references for expressions.
  private static final class ReferenceJinjava extends Jinjava {
    private final ExpressionFactory references = new References();

    ReferenceJinjava(JinjavaConfig config) {
      super(config);
    }

    @Override
    public ExpressionFactory getExpressionFactory() {
      return references;
    }
  }

  @Nullable Object render(ParsedTemplate parsed, Scope scope, Session session, Locator locator) {
    Rendering rendering = new Rendering(templates, scope, session);
    String text = rendering.prepare(parsed, locator);
    RenderResult result = jinjava.renderForResult(text, Map.of(Rendering.NAME, rendering));
    rendering.throwFailure();
    List<TemplateError> errors = result.getErrors();
    if (!errors.isEmpty()) {
      throw new EvaluationFailed(unexpected(errors.getFirst(), locator));
    }
    return rendering.result(result.getOutput());
  }

  /// Everything usual is found by our own reader; this is for what only Jinjava knows.
  private static Problem unexpected(TemplateError error, Locator locator) {
    Span start = locator.span(0, 1);
    Span at =
        start.line() == 0
            ? start
            : new Span(start.source(), start.line() + Math.max(0, error.getLineno() - 1), 1, 1);
    return Problem.of("template-failed", at, error.getMessage());
  }
}
