package kk.template;

import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.JinjavaInterpreter.InterpreterScopeClosable;
import com.hubspot.jinjava.lib.tag.ElseIfTag;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.TagNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import kk.template.PreparedTemplate.Referred;
import kk.template.PreparedTemplate.Tagged;
import kk.template.Statement.Parameter;
import org.jspecify.annotations.Nullable;

/// The tags that Jinjava lacks or sees differently from Jinja2. Each reads its [Statement] from the
/// reference behind its name.
final class TemplateTags {
  private TemplateTags() {}

  static List<Tag> all() {
    return List.of(
        new OwnTag("kkif", true, TemplateTags::branch),
        new OwnTag("kkfor", true, (node, at) -> new ForLoops(at).run(node)),
        new OwnTag("kkset", false, TemplateTags::assign),
        new OwnTag("kkcapture", true, TemplateTags::capture),
        new OwnTag("kkwith", true, TemplateTags::with),
        new OwnTag("kkfilter", true, TemplateTags::filter),
        new OwnTag("kkdo", false, TemplateTags::run),
        new OwnTag("kkinclude", false, TemplateTags::include),
        new OwnTag("kkcall", true, TemplateTags::call));
  }

  private static Statement statement(Place at) {
    return ((Tagged) at.referred().meaning()).statement();
  }

  private static String branch(TagNode node, Place at) {
    boolean taken = at.holds(((Statement.If) statement(at)).condition());
    boolean done = taken;
    List<com.hubspot.jinjava.tree.Node> body = new ArrayList<>();
    for (com.hubspot.jinjava.tree.Node child : node.getChildren()) {
      String tag = child instanceof TagNode inner ? inner.getName() : "";
      if (tag.equals(ElseIfTag.TAG_NAME)) {
        Place elif = at.at(((TagNode) child).getHelpers());
        taken = !done && elif.holds(((Statement.Elif) statement(elif)).condition());
        done |= taken;
      } else if (tag.equals(ElseTag.TAG_NAME)) {
        taken = !done;
      } else if (taken) {
        body.add(child);
      }
    }
    return at.text(body);
  }

  private static String assign(TagNode node, Place at) {
    Statement.Assign assign = (Statement.Assign) statement(at);
    at.assign(assign.target(), at.value(assign.value()));
    return "";
  }

  private static String capture(TagNode node, Place at) {
    Statement.Capture capture = (Statement.Capture) statement(at);
    String text = scoped(node, at);
    at.assign(capture.target(), at.value(capture.filtered(), text));
    return "";
  }

  private static String scoped(TagNode node, Place at) {
    try (InterpreterScopeClosable scope = at.interpreter().enterScope()) {
      Objects.requireNonNull(scope);
      return at.text(node.getChildren());
    }
  }

  private static String with(TagNode node, Place at) {
    Statement.With with = (Statement.With) statement(at);
    List<@Nullable Object> values = new ArrayList<>();
    with.values().forEach(value -> values.add(at.value(value)));
    try (InterpreterScopeClosable scope = at.interpreter().enterScope()) {
      Objects.requireNonNull(scope);
      for (int i = 0; i < values.size(); i++) {
        at.assign(with.names().get(i), values.get(i));
      }
      return at.text(node.getChildren());
    }
  }

  private static String filter(TagNode node, Place at) {
    Node filtered = ((Statement.FilterBlock) statement(at)).filtered();
    return Printing.output(at.value(filtered, scoped(node, at)));
  }

  private static String run(TagNode node, Place at) {
    at.value(((Statement.Do) statement(at)).node());
    return "";
  }

  private static String include(TagNode node, Place at) {
    Statement.Include include = (Statement.Include) statement(at);
    Object names = at.value(include.file());
    Rendering rendering = at.rendering();
    List<@Nullable Object> wanted =
        names instanceof List<?> list
            ? Values.copy(list)
            : Values.copy(java.util.Arrays.asList(names));
    String text = rendering.prepareFirst(wanted);
    if (text == null) {
      if (include.ignoreMissing()) {
        return "";
      }
      throw Refusal.because("there is no file `" + Printing.text(names) + "` to include");
    }
    rendering.enter();
    try (InterpreterScopeClosable scope = at.interpreter().enterScope()) {
      Objects.requireNonNull(scope);
      return at.text(at.interpreter().parse(text).getChildren());
    } finally {
      rendering.leave();
    }
  }

  private static String call(TagNode node, Place at) {
    Statement.CallBlock block = (Statement.CallBlock) statement(at);
    Callable caller = (positional, named) -> body(node, at, block.parameters(), positional, named);
    JinjavaInterpreter interpreter = at.interpreter();
    try (InterpreterScopeClosable scope = interpreter.enterScope()) {
      Objects.requireNonNull(scope);
      interpreter.getContext().put("caller", caller);
      return Printing.output(at.value(block.call()));
    }
  }

  private static String body(
      TagNode node,
      Place at,
      List<Parameter> parameters,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>(named);
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      if (i < positional.size()) {
        values.put(parameter.name().name(), positional.get(i));
      } else if (parameter.otherwise() != null && !values.containsKey(parameter.name().name())) {
        values.put(parameter.name().name(), at.value(parameter.otherwise()));
      }
    }
    try (InterpreterScopeClosable scope = at.interpreter().enterScope()) {
      Objects.requireNonNull(scope);
      Context context = at.interpreter().getContext();
      values.forEach((name, value) -> context.put(name, JinjavaScope.stored(value)));
      return at.text(node.getChildren());
    }
  }

  /// What a tag does with its node.
  interface Work {
    String run(TagNode node, Place at);
  }

  /// A tag of ours in Jinjava's terms.
  private static final class OwnTag implements Tag {
    private final String name;
    private final boolean hasBody;
    private final transient Work work;

    OwnTag(String name, boolean hasBody, Work work) {
      this.name = name;
      this.hasBody = hasBody;
      this.work = work;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public @Nullable String getEndTagName() {
      return hasBody ? "end" + name : null;
    }

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
      Rendering rendering = Rendering.of(interpreter);
      if (rendering.hasFailed()) {
        return "";
      }
      Referred referred = rendering.referred(node.getHelpers().strip());
      try {
        return work.run(node, new Place(rendering, referred, interpreter));
      } catch (Refusal refusal) {
        rendering.fail(refusal, referred);
      } catch (EvaluationFailed e) {
        rendering.fail(e);
      }
      return "";
    }
  }
}
