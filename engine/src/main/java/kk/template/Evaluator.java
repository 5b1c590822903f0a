package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import kk.problem.Problem;
import kk.template.Node.Given;
import org.jspecify.annotations.Nullable;

/// Computes the value of a [Node] with the names of a scope. Short-lived and used by one thread.
final class Evaluator {
  private final Session session;
  private final Scope scope;
  private final Locator locator;
  private final @Nullable String body;
  private @Nullable Node current;

  Evaluator(Session session, Scope scope, Locator locator) {
    this(session, scope, locator, null);
  }

  /// @param body the text that stands for [Node.Body]
  Evaluator(Session session, Scope scope, Locator locator, @Nullable String body) {
    this.session = session;
    this.scope = scope;
    this.locator = locator;
    this.body = body;
  }

  Session session() {
    return session;
  }

  Scope scope() {
    return scope;
  }

  /// The value, which may be an [Undefined].
  @Nullable Object value(Node node) {
    try {
      return compute(node);
    } catch (Refusal refusal) {
      throw failed(node, refusal);
    }
  }

  /// The value, which must be defined.
  @Nullable Object defined(Node node) {
    return Undefined.refuse(value(node));
  }

  boolean holds(Node node) {
    return Values.isTrue(value(node));
  }

  EvaluationFailed failed(Node node, Refusal refusal) {
    Problem problem =
        Problem.of(refusal.id(), locator.span(node.offset(), node.length()), refusal.sentence());
    return new EvaluationFailed(refusal.note().map(problem::note).orElse(problem));
  }

  private @Nullable Object compute(Node node) {
    return switch (node) {
      case Node.Literal literal -> literal.value();
      case Node.Name name -> name(name);
      case Node.Body text -> body;
      case Node.ListOf list -> values(list.items());
      case Node.TupleOf tuple -> new Tuple(values(tuple.items()).toArray());
      case Node.MapOf map -> map(map);
      case Node.Attribute attribute -> attribute(attribute);
      case Node.Item item -> item(item);
      case Node.Slice slice -> slice(slice);
      case Node.Call call -> call(call);
      case Node.Filtered filtered -> filtered(filtered);
      case Node.Tested tested -> tested(tested);
      case Node.Signed signed -> signed(signed);
      case Node.Binary binary -> binary(binary);
      case Node.Comparison comparison -> compares(comparison);
      case Node.Not not -> !holds(not.operand());
      case Node.And and -> {
        Object left = value(and.left());
        yield Values.isTrue(left) ? value(and.right()) : left;
      }
      case Node.Or or -> {
        Object left = value(or.left());
        yield Values.isTrue(left) ? left : value(or.right());
      }
      case Node.Choice choice -> choice(choice);
    };
  }

  private @Nullable Object name(Node.Name name) {
    if (scope.contains(name.name())) {
      return lenient(() -> scope.get(name.name()));
    }
    Operation function = session.library().functions().find(name.name());
    if (function != null) {
      return new Bound(function, null, this);
    }
    if (name.name().equals("omit")) {
      return Omit.OMIT;
    }
    return undefined(
        name,
        () ->
            problem(name, "`" + name.name() + "` is undefined")
                .suggest(name.name(), new TreeSet<>(scope.names())));
  }

  /// A value that may have to be rendered first. When that needs something undefined, the value is
  /// undefined itself, so that `default` helps.
  private @Nullable Object lenient(java.util.function.Supplier<@Nullable Object> value) {
    try {
      return session.current(value.get());
    } catch (EvaluationFailed e) {
      if (e.problem().id().equals("undefined-variable")) {
        return new Undefined(e::problem, false);
      }
      throw e;
    }
  }

  private Problem problem(Node node, String title) {
    return Problem.of("undefined-variable", locator.span(node.offset(), node.length()), title);
  }

  private static Undefined undefined(Node node, java.util.function.Supplier<Problem> problem) {
    Objects.requireNonNull(node);
    return new Undefined(problem, false);
  }

  /// Something that an operation looked for and did not find.
  Undefined missing(String title) {
    Node node = Objects.requireNonNull(current);
    return new Undefined(() -> problem(node, title), false);
  }

  private List<@Nullable Object> values(List<Node> nodes) {
    List<@Nullable Object> values = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      values.add(defined(node));
    }
    return values;
  }

  private Map<Object, Object> map(Node.MapOf node) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < node.keys().size(); i++) {
      Object key = defined(node.keys().get(i));
      if (key instanceof Map<?, ?> || (key instanceof List<?> && !(key instanceof Tuple))) {
        throw Refusal.because("a value of type `" + Values.typeName(key) + "` can't be a key");
      }
      map.put(key, defined(node.values().get(i)));
    }
    return map;
  }

  private @Nullable Object attribute(Node.Attribute node) {
    Object of = value(node.of());
    Catalogue methods = Access.methods(of, session.library());
    Operation method = methods == null ? null : methods.find(node.name());
    if (method != null && of != null) {
      return new Bound(method, of, this);
    }
    return lenient(
        () -> {
          Access.Found found = Access.key(of, node.name());
          return found.exists() ? found.value() : missing(node, node.of(), of, node.name());
        });
  }

  private @Nullable Object item(Node.Item node) {
    Object of = value(node.of());
    Object key = defined(node.key());
    Access.Found found = Access.key(of, key);
    if (found.exists()) {
      return session.current(found.value());
    }
    if (key instanceof String name && of != null) {
      Catalogue methods = Access.methods(of, session.library());
      Operation method = methods == null ? null : methods.find(name);
      if (method != null) {
        return new Bound(method, of, this);
      }
    }
    return missing(node, node.of(), of, key);
  }

  private Undefined missing(Node node, Node ofNode, @Nullable Object of, @Nullable Object key) {
    return of instanceof Undefined undefined
        ? undefined
        : undefined(
            node,
            () -> Access.missing(locator.span(node.offset(), node.length()), ofNode, of, key));
  }

  /// Follows `a.b.0` into a value, as `map(attribute='a.b.0')` does.
  @Nullable Object path(@Nullable Object value, @Nullable Object path) {
    if (!(path instanceof String text)) {
      Access.Found found = Access.key(value, path);
      return found.exists()
          ? session.current(found.value())
          : missing("there is no item `" + path + "`");
    }
    Object result = value;
    for (String step : Splitting.on(text, ".")) {
      if (result instanceof Undefined) {
        return result;
      }
      boolean index = !step.isEmpty() && step.chars().allMatch(Character::isDigit);
      Access.Found found = Access.key(result, index ? (Object) Long.valueOf(step) : step);
      result =
          found.exists() ? session.current(found.value()) : missing("there is no `" + step + "`");
    }
    return result;
  }

  private @Nullable Object slice(Node.Slice node) {
    Object of = defined(node.of());
    return Access.slice(of, bound(node.from()), bound(node.to()), bound(node.step()));
  }

  private @Nullable Long bound(@Nullable Node node) {
    Object value = node == null ? null : defined(node);
    return switch (value) {
      case null -> null;
      case Long number -> number;
      default -> throw Refusal.because("the bounds of a slice must be whole numbers");
    };
  }

  private @Nullable Object call(Node.Call node) {
    Object callee = value(node.callee());
    if (callee instanceof Bound bound) {
      return bound.with(
          positional(node.given(), bound.tolerant()), named(node.given(), bound.tolerant()), node);
    }
    if (callee instanceof Callable callable) {
      return callable.call(positional(node.given(), true), named(node.given(), true));
    }
    Undefined.refuse(callee);
    throw Refusal.because(
        Access.described(node.callee())
            + " can't be called: it is a value of type `"
            + Values.typeName(callee)
            + "`");
  }

  private List<@Nullable Object> positional(Given given, boolean tolerant) {
    List<@Nullable Object> values = new ArrayList<>(given.positional().size());
    for (Node node : given.positional()) {
      values.add(tolerant ? value(node) : defined(node));
    }
    if (given.more() != null) {
      values.addAll(Values.items(defined(given.more())));
    }
    return values;
  }

  private Map<String, @Nullable Object> named(Given given, boolean tolerant) {
    if (given.named().isEmpty() && given.moreNamed() == null) {
      return Map.of();
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (Node.Named named : given.named()) {
      values.put(named.name(), tolerant ? value(named.value()) : defined(named.value()));
    }
    if (given.moreNamed() != null) {
      if (!(defined(given.moreNamed()) instanceof Map<?, ?> more)) {
        throw Refusal.because("only a map can be given with `**`");
      }
      more.forEach((key, value) -> values.put(Printing.text(key), value));
    }
    return values;
  }

  private @Nullable Object filtered(Node.Filtered node) {
    Operation operation = node.operation();
    if (operation == null) {
      throw Refusal.unknown("filter", node.name());
    }
    Object input = value(node.input());
    return applied(operation, input, node.given(), node);
  }

  private boolean tested(Node.Tested node) {
    Operation operation = node.operation();
    if (operation == null) {
      throw Refusal.unknown("test", node.name());
    }
    Object input = value(node.input());
    return Values.isTrue(applied(operation, input, node.given(), node)) != node.negated();
  }

  private @Nullable Object applied(
      Operation operation, @Nullable Object input, Given given, Node node) {
    boolean tolerant = operation.takesUndefined();
    return apply(operation, input, positional(given, tolerant), named(given, tolerant), node);
  }

  /// Runs an operation on behalf of a node, which is blamed for what goes wrong.
  @Nullable Object apply(
      Operation operation,
      @Nullable Object input,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named,
      Node node) {
    Object usable = operation.takesUndefined() ? input : Undefined.refuse(input);
    Node before = current;
    current = node;
    try {
      return operation.body().apply(usable, Arguments.match(operation, positional, named, this));
    } finally {
      current = before;
    }
  }

  /// A filter by its name, as `map` uses it.
  @Nullable Object filter(
      String name,
      @Nullable Object input,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    Operation operation = session.library().filters().find(name);
    if (operation == null) {
      throw Refusal.unknown("filter", name);
    }
    return apply(operation, input, positional, named, Objects.requireNonNull(current));
  }

  /// A test by its name, as `select` uses it.
  boolean test(
      String name,
      @Nullable Object input,
      List<@Nullable Object> positional,
      Map<String, @Nullable Object> named) {
    Operation operation = session.library().tests().find(name);
    if (operation == null) {
      throw Refusal.unknown("test", name);
    }
    Node node = Objects.requireNonNull(current);
    return Values.isTrue(apply(operation, input, positional, named, node));
  }

  private Object signed(Node.Signed node) {
    Object operand = defined(node.operand());
    if (operand == null || !Numbers.isNumber(operand)) {
      throw Refusal.because(
          "only a number has a sign, not a value of type `" + Values.typeName(operand) + "`");
    }
    return node.negative()
        ? Numbers.negate(operand)
        : operand instanceof Boolean flag ? (Object) (flag ? 1L : 0L) : operand;
  }

  private @Nullable Object binary(Node.Binary node) {
    return Operators.apply(node.operator(), defined(node.left()), defined(node.right()));
  }

  private boolean compares(Node.Comparison node) {
    Object left = defined(node.first());
    for (Node.Compared compared : node.rest()) {
      Object right = defined(compared.with());
      if (!Operators.holds(compared.relation(), left, right)) {
        return false;
      }
      left = right;
    }
    return true;
  }

  private @Nullable Object choice(Node.Choice node) {
    if (holds(node.condition())) {
      return value(node.then());
    }
    if (node.otherwise() != null) {
      return value(node.otherwise());
    }
    String title = "the condition does not hold, and there is no `else`";
    return new Undefined(() -> problem(node, title), true);
  }

  /// A function, or a method together with the value it belongs to.
  record Bound(Operation operation, @Nullable Object receiver, Evaluator evaluator)
      implements Callable {

    boolean tolerant() {
      return operation.takesUndefined();
    }

    @Nullable Object with(
        List<@Nullable Object> positional, Map<String, @Nullable Object> named, Node node) {
      Object target = receiver;
      if (target != null && Access.changes(operation.name(), target)) {
        target = evaluator.session.writable(target);
      }
      return evaluator.apply(operation, target, positional, named, node);
    }

    @Override
    public @Nullable Object call(
        List<@Nullable Object> positional, Map<String, @Nullable Object> named) {
      return with(positional, named, new Node.Name(0, 1, operation.name()));
    }

    @Override
    public String toString() {
      return "<function " + operation.name() + ">";
    }
  }
}
