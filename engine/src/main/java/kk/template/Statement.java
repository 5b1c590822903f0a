package kk.template;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What stands between `{%` and `%}`.
sealed interface Statement {

  record If(Node condition) implements Statement {}

  record Elif(Node condition) implements Statement {}

  record Else() implements Statement {}

  /// `endif` and its like.
  record End(String tag) implements Statement {}

  record For(Node target, Node items, @Nullable Node condition, boolean recursive)
      implements Statement {}

  record Assign(Node target, Node value) implements Statement {}

  /// `{% set x %}…{% endset %}`, with the filters its text goes through.
  record Capture(Node target, Node filtered) implements Statement {}

  record With(List<Node.Name> names, List<Node> values) implements Statement {}

  record FilterBlock(Node filtered) implements Statement {}

  record Do(Node node) implements Statement {}

  record Print(List<Node> nodes) implements Statement {}

  /// `{% include 'file' %}`
  ///
  /// @param context whether the file sees the variables here
  record Include(Node file, boolean ignoreMissing, boolean context) implements Statement {}

  /// `{% import 'file' as alias %}`
  record Import(Node file, String alias, boolean context) implements Statement {}

  /// `{% from 'file' import names %}`
  record FromImport(Node file, List<Imported> names, boolean context) implements Statement {}

  record Imported(Node.Name name, String alias) {}

  record Extends(Node file) implements Statement {}

  /// `{% block name %}…{% endblock %}`
  ///
  /// @param scoped whether it sees the names of the loop that it stands in
  /// @param required whether another template has to take its place
  record Block(String name, boolean scoped, boolean required) implements Statement {}

  record Break() implements Statement {}

  record Continue() implements Statement {}

  /// `{% macro name(parameters) %}…{% endmacro %}`
  ///
  /// @param takes those of [kk.template.Macro#EXTRAS] that it uses
  record Macro(String name, List<Parameter> parameters, Set<String> takes) implements Statement {

    /// The same, if its body uses these names. Those of its parameters are nothing special.
    Macro using(Set<String> names) {
      Set<String> extras = new HashSet<>(names);
      parameters.forEach(parameter -> extras.remove(parameter.name().name()));
      return new Macro(name, parameters, Set.copyOf(extras));
    }
  }

  /// `{% call(x) macro() %}…{% endcall %}`
  ///
  /// @param caller the block as a macro
  record CallBlock(Macro caller, Node.Call call) implements Statement {

    /// The call with the block as one of its arguments.
    Node.Call calling(Callable block) {
      Node.Given given = call.given();
      List<Node.Named> named = new ArrayList<>(given.named());
      Node value = new Node.Literal(call.offset(), call.length(), block);
      named.add(new Node.Named(kk.template.Macro.CALLER, value));
      return new Node.Call(
          call.offset(),
          call.length(),
          call.callee(),
          new Node.Given(given.positional(), named, given.more(), given.moreNamed()));
    }
  }

  /// One of the things a macro takes.
  ///
  /// @param otherwise the default, or null when there is none
  record Parameter(Node.Name name, @Nullable Node otherwise) {}

  /// The tag that ends this one, or an empty text when it needs no end.
  default String end() {
    return switch (this) {
      case If tag -> "endif";
      case For tag -> "endfor";
      case Capture tag -> "endset";
      case With tag -> "endwith";
      case FilterBlock tag -> "endfilter";
      case Macro tag -> "endmacro";
      case CallBlock tag -> "endcall";
      case Block tag -> "endblock";
      case Elif tag -> "";
      case Else tag -> "";
      case End tag -> "";
      case Assign tag -> "";
      case Do tag -> "";
      case Print tag -> "";
      case Include tag -> "";
      case Import tag -> "";
      case FromImport tag -> "";
      case Extends tag -> "";
      case Break tag -> "";
      case Continue tag -> "";
    };
  }

  /// The same, once it is known what its body uses.
  default Statement taking(Set<String> extras) {
    return switch (this) {
      case Macro macro -> macro.using(extras);
      case CallBlock(Macro caller, Node.Call call) -> new CallBlock(caller.using(extras), call);
      default -> this;
    };
  }
}
