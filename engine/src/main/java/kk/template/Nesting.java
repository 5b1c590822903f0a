package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes a tree of the pieces of a template as they come along, and sees to it that every tag that
/// needs an end has one.
final class Nesting {
  private final List<Piece> top = new ArrayList<>();
  private @Nullable Open open;

  /// A tag whose end hasn't come yet, or an `elif` or `else` in it.
  ///
  /// @param before the one that it goes on with
  private record Open(
      int offset,
      int length,
      Statement statement,
      List<Piece> body,
      Set<String> extras,
      @Nullable Open before,
      @Nullable Open around) {

    Open first() {
      return before == null ? this : before.first();
    }

    /// Whether an `elif` or `else` belongs to it.
    boolean goesOnWith(Statement next) {
      boolean over = statement instanceof Statement.Else;
      return !over
          && (first().statement() instanceof Statement.If
              || (first().statement() instanceof Statement.For && next instanceof Statement.Else));
    }

    boolean isCalled() {
      return statement instanceof Statement.Macro || statement instanceof Statement.CallBlock;
    }
  }

  /// Adds a text or an output.
  void add(Piece piece) {
    (open == null ? top : open.body()).add(piece);
  }

  /// Takes note of what the macro here uses, if there is one.
  void uses(List<Token> tokens) {
    Open macro = open;
    while (macro != null && !macro.isCalled()) {
      macro = macro.around();
    }
    for (Token token : tokens) {
      if (macro != null && token.kind() == Token.Kind.NAME && Macro.EXTRAS.contains(token.text())) {
        macro.extras().add(token.text());
      }
    }
  }

  /// Adds a tag, where it may stand.
  void add(Token name, Statement statement) {
    switch (statement) {
      case Statement.End end -> {
        if (open == null || !open.first().statement().end().equals(end.tag())) {
          throw stray(name);
        }
        close(open);
      }
      case Statement.Elif _, Statement.Else _ -> {
        if (open == null || !open.goesOnWith(statement)) {
          throw stray(name);
        }
        open = opened(name, statement, open, open.around());
      }
      case Statement.Break _, Statement.Continue _ -> {
        if (!isInLoop()) {
          throw stray(name);
        }
        add(new Piece.Tag(name.offset(), name.length(), statement, List.of(), null));
      }
      case Statement other -> {
        if (other.end().isEmpty()) {
          add(new Piece.Tag(name.offset(), name.length(), other, List.of(), null));
        } else {
          open = opened(name, other, null, open);
        }
      }
    }
  }

  private static Open opened(
      Token name, Statement statement, @Nullable Open before, @Nullable Open around) {
    Set<String> extras = new LinkedHashSet<>();
    return new Open(
        name.offset(), name.length(), statement, new ArrayList<>(), extras, before, around);
  }

  private boolean isInLoop() {
    Open each = open;
    while (each != null && !each.isCalled() && !(each.statement() instanceof Statement.For)) {
      each = each.around();
    }
    return each != null && each.statement() instanceof Statement.For;
  }

  private void close(Open last) {
    Piece.Tag tag = null;
    for (Open part = last; part != null; part = part.before()) {
      Statement statement = part.statement().taking(part.extras());
      tag = new Piece.Tag(part.offset(), part.length(), statement, List.copyOf(part.body()), tag);
    }
    open = last.around();
    if (tag != null) {
      add(tag);
    }
  }

  private FlawFound stray(Token name) {
    Flaw flaw =
        Flaw.syntax(name.offset(), name.length(), "`" + name.text() + "` belongs to nothing here");
    return new FlawFound(
        open == null
            ? flaw
            : flaw.hint("the open tag here ends with `" + open.first().statement().end() + "`"));
  }

  /// The whole.
  List<Piece> tree() {
    if (open != null) {
      Open first = open.first();
      throw new FlawFound(
          Flaw.syntax(first.offset(), first.length(), "this tag is never ended")
              .hint("end it with `{% " + first.statement().end() + " %}`"));
    }
    return List.copyOf(top);
  }
}
