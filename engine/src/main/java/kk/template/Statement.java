package kk.template;

import java.util.List;
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

  record Print(Node node) implements Statement {}

  record Include(Node file, boolean ignoreMissing) implements Statement {}

  record Macro(String name, List<Parameter> parameters) implements Statement {}

  /// `{% call(x) macro() %}…{% endcall %}`
  record CallBlock(List<Parameter> parameters, Node call) implements Statement {}

  /// A tag that the template engine knows by itself, such as `block`, `import` or `break`.
  record Native(String tag, String rest) implements Statement {}

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
      case Native(String tag, String rest) -> tag.equals("block") ? "endblock" : "";
      case Elif tag -> "";
      case Else tag -> "";
      case End tag -> "";
      case Assign tag -> "";
      case Do tag -> "";
      case Print tag -> "";
      case Include tag -> "";
    };
  }
}
