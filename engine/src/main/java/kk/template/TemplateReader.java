package kk.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.spi.TemplateSyntax;

/// Cuts a template into text, outputs and tags, with Jinja2's rules for white space.
final class TemplateReader {
  private final String text;
  private final TemplateSyntax syntax;
  private final Library library;
  private final Nesting nesting = new Nesting();
  private final List<Flaw> flaws = new ArrayList<>();
  private int at;

  private TemplateReader(String text, TemplateSyntax syntax, Library library) {
    this.text = text;
    this.syntax = syntax;
    this.library = library;
  }

  static ParsedTemplate read(String text, TemplateSyntax syntax, Library library) {
    TemplateReader reader = new TemplateReader(text, syntax, library);
    List<Piece> pieces = List.of();
    try {
      reader.readAll();
      pieces = reader.nesting.tree();
    } catch (FlawFound found) {
      reader.flaws.add(found.flaw());
    }
    return new ParsedTemplate(pieces, reader.flaws);
  }

  private void readAll() {
    int from = 0;
    while (true) {
      int mark = nextMark(from);
      if (mark < 0) {
        text(from, text.length());
        break;
      }
      at = mark;
      if (text.startsWith(syntax.commentStartString(), mark)) {
        text(from, textEnd(from, mark, syntax.commentStartString(), true));
        comment(mark);
      } else if (text.startsWith(syntax.variableStartString(), mark)) {
        text(from, textEnd(from, mark, syntax.variableStartString(), false));
        output(mark);
      } else {
        text(from, textEnd(from, mark, syntax.blockStartString(), true));
        tag(mark);
      }
      from = at;
    }
  }

  private int nextMark(int from) {
    int first = -1;
    for (String start :
        new String[] {
          syntax.commentStartString(), syntax.variableStartString(), syntax.blockStartString()
        }) {
      int found = text.indexOf(start, from);
      if (found >= 0 && (first < 0 || found < first)) {
        first = found;
      }
    }
    return first;
  }

  private void text(int from, int to) {
    if (to > from) {
      nesting.add(new Piece.Text(text.substring(from, to)));
    }
  }

  private boolean hasSign(int index, char sign) {
    return index < text.length() && text.charAt(index) == sign;
  }

  /// Where the text before a mark ends once white space has been taken off.
  private int textEnd(int from, int mark, String start, boolean isBlock) {
    int inside = mark + start.length();
    int end = mark;
    if (hasSign(inside, '-')) {
      while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
    } else if (isBlock && syntax.lstripBlocks() && !hasSign(inside, '+')) {
      int line = mark;
      while (line > from && (text.charAt(line - 1) == ' ' || text.charAt(line - 1) == '\t')) {
        line--;
      }
      boolean startsLine = line == 0 || text.charAt(line - 1) == '\n';
      end = startsLine ? line : mark;
    }
    return end;
  }

  private int inside(int mark, String start) {
    int inside = mark + start.length();
    return hasSign(inside, '-') || hasSign(inside, '+') ? inside + 1 : inside;
  }

  private int after(int end, boolean trims, boolean keeps, boolean isBlock) {
    int next = end;
    if (trims) {
      while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
        next++;
      }
    } else if (isBlock && syntax.trimBlocks() && !keeps) {
      next += text.startsWith("\r\n", next) ? 2 : hasSign(next, '\n') ? 1 : 0;
    }
    return next;
  }

  private void comment(int mark) {
    int end = text.indexOf(syntax.commentEndString(), mark + syntax.commentStartString().length());
    if (end < 0) {
      throw new FlawFound(
          Flaw.syntax(mark, 2, "the comment is never closed")
              .hint("end it with `" + syntax.commentEndString() + "`"));
    }
    boolean trims = text.charAt(end - 1) == '-';
    boolean keeps = text.charAt(end - 1) == '+';
    at = after(end + syntax.commentEndString().length(), trims, keeps, true);
  }

  private void output(int mark) {
    int inside = mark + syntax.variableStartString().length();
    inside = hasSign(inside, '-') ? inside + 1 : inside;
    Lexer.Result lexed = Lexer.until(text, inside, syntax.variableEndString(), mark);
    nesting.uses(lexed.tokens());
    nesting.add(new Piece.Output(new Parser(lexed.tokens(), library, flaws).whole()));
    at = after(lexed.end(), lexed.trimsAfter(), false, false);
  }

  private void tag(int mark) {
    int inside = inside(mark, syntax.blockStartString());
    Matcher raw = mark("raw").matcher(text).region(inside, text.length());
    if (raw.lookingAt()) {
      raw(mark, raw);
      return;
    }
    Lexer.Result lexed = Lexer.until(text, inside, syntax.blockEndString(), mark);
    Parser parser = new Parser(lexed.tokens(), library, flaws);
    Token name = parser.current();
    nesting.uses(lexed.tokens());
    nesting.add(name, new StatementReader(parser).read());
    at = after(lexed.end(), lexed.trimsAfter(), lexed.keepsAfter(), true);
  }

  private Pattern mark(String name) {
    return Pattern.compile("\\s*" + name + "\\s*([-+]?)" + Pattern.quote(syntax.blockEndString()));
  }

  private void raw(int mark, Matcher raw) {
    int from = raw.end();
    if (raw.group(1).equals("-")) {
      from = after(from, true, false, true);
    }
    Matcher end =
        Pattern.compile(
                Pattern.quote(syntax.blockStartString()) + "([-+]?)" + mark("endraw").pattern())
            .matcher(text);
    if (!end.find(from)) {
      throw new FlawFound(
          Flaw.syntax(mark, 2, "`raw` is never ended").hint("end it with `{% endraw %}`"));
    }
    text(from, textEnd(from, end.start(), syntax.blockStartString(), true));
    at = after(end.end(), end.group(2).equals("-"), end.group(2).equals("+"), true);
  }
}
