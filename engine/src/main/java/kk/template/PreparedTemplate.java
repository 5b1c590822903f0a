package kk.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A template in the form that Jinjava reads, and what the references in it mean.
record PreparedTemplate(String text, Map<String, Referred> references) {

  /// What a reference stands for, and where that was written.
  record Referred(Meaning meaning, Locator locator, int offset, int length) {}

  sealed interface Meaning {}

  record Literal(String text) implements Meaning {}

  record Printed(Node node) implements Meaning {}

  record Computed(Node node) implements Meaning {}

  /// The default of a macro's parameter that has none.
  record NotGiven(Node.Name parameter) implements Meaning {}

  record Tagged(Statement statement) implements Meaning {}

  static PreparedTemplate of(ParsedTemplate parsed, Locator locator) {
    return new Writer(parsed.number(), locator).write(parsed.pieces());
  }

  private static final class Writer {
    private final String prefix;
    private final Locator locator;
    private final Map<String, Referred> references = new HashMap<>();
    private final StringBuilder out = new StringBuilder();

    Writer(long number, Locator locator) {
      this.prefix = "k" + number + "p";
      this.locator = locator;
    }

    PreparedTemplate write(List<Piece> pieces) {
      for (Piece piece : pieces) {
        switch (piece) {
          case Piece.Text(String text) -> text(text);
          case Piece.Output(Node node) ->
              output(new Referred(new Printed(node), locator, node.offset(), node.length()));
          case Piece.Tag tag -> tag(tag);
        }
      }
      return new PreparedTemplate(out.toString(), references);
    }

    /// Jinjava only sees texts that it can't take for anything else.
    private void text(String text) {
      if (text.indexOf('{') < 0 && text.indexOf('}') < 0 && text.indexOf('#') < 0) {
        out.append(text);
      } else {
        output(new Referred(new Literal(text), locator, 0, 1));
      }
    }

    private void output(Referred referred) {
      out.append("{{ ").append(reference(referred)).append(" }}");
    }

    private String reference(Referred referred) {
      String name = prefix + references.size();
      references.put(name, referred);
      return name;
    }

    private void tag(Piece.Tag tag) {
      switch (tag.statement()) {
        case Statement.If s -> own("kkif", tag);
        case Statement.For s -> own("kkfor", tag);
        case Statement.Assign s -> own("kkset", tag);
        case Statement.Capture s -> own("kkcapture", tag);
        case Statement.With s -> own("kkwith", tag);
        case Statement.FilterBlock s -> own("kkfilter", tag);
        case Statement.Do s -> own("kkdo", tag);
        case Statement.Include s -> own("kkinclude", tag);
        case Statement.CallBlock s -> own("kkcall", tag);
        case Statement.Print(Node node) ->
            output(new Referred(new Printed(node), locator, node.offset(), node.length()));
        case Statement.Elif s -> write("elif " + reference(referred(tag)));
        case Statement.Else s -> write("else");
        case Statement.End(String end) -> write(end(end));
        case Statement.Macro(String macro, List<Statement.Parameter> parameters) ->
            write("macro " + macro + "(" + parameters(parameters) + ")");
        case Statement.Native(String nativeName, String rest) -> write(nativeName + " " + rest);
      }
    }

    private void own(String name, Piece.Tag tag) {
      write(name + " " + reference(referred(tag)));
    }

    private Referred referred(Piece.Tag tag) {
      return new Referred(new Tagged(tag.statement()), locator, tag.offset(), tag.length());
    }

    private static String end(String end) {
      return switch (end) {
        case "endmacro", "endblock" -> end;
        case "endset" -> "endkkcapture";
        default -> "endkk" + end.substring("end".length());
      };
    }

    private void write(String tag) {
      out.append("{% ").append(tag).append(" %}");
    }

    private String parameters(List<Statement.Parameter> parameters) {
      StringBuilder list = new StringBuilder();
      for (Statement.Parameter parameter : parameters) {
        Node.Name name = parameter.name();
        Meaning meaning =
            parameter.otherwise() == null
                ? new NotGiven(name)
                : new Computed(parameter.otherwise());
        list.append(list.isEmpty() ? "" : ", ")
            .append(name.name())
            .append('=')
            .append(reference(new Referred(meaning, locator, name.offset(), name.length())));
      }
      return list.toString();
    }
  }
}
