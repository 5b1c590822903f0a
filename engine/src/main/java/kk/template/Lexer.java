package kk.template;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// Cuts an expression into tokens, and finds where it ends: at the end of the text, or at a closing
/// mark such as `}}` that is not inside a string or a bracket.
final class Lexer {
  private static final List<String> SIGNS =
      List.of(
          "//", "**", "==", "!=", ">=", "<=", "(", ")", "[", "]", "{", "}", "+", "-", "/", "*", "%",
          "~", ".", ":", "|", ",", "=", "<", ">");

  private final String text;
  private final String closer;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<Token> open = new ArrayDeque<>();
  private int at;

  /// What was read, and where it ended.
  ///
  /// @param end offset behind the closing mark
  /// @param trimsAfter whether the mark was `-}}`
  /// @param keepsAfter whether the mark was `+}}`
  record Result(List<Token> tokens, int end, boolean trimsAfter, boolean keepsAfter) {}

  private Lexer(String text, int from, String closer) {
    this.text = text;
    this.at = from;
    this.closer = closer;
  }

  /// All tokens of a bare expression.
  static List<Token> expression(String text) {
    return new Lexer(text, 0, "").read(0).tokens();
  }

  /// The tokens up to a closing mark.
  ///
  /// @param opened where the opening mark is, to blame when it is never closed
  static Result until(String text, int from, String closer, int opened) {
    return new Lexer(text, from, closer).read(opened);
  }

  private Result read(int opened) {
    while (true) {
      skipSpace();
      if (at >= text.length()) {
        return atEnd(opened);
      }
      char c = text.charAt(at);
      if (!closer.isEmpty() && open.isEmpty()) {
        boolean signed = (c == '-' || c == '+') && text.startsWith(closer, at + 1);
        if (signed || text.startsWith(closer, at)) {
          tokens.add(new Token(Token.Kind.END, at, closer.length(), closer, null));
          int end = at + (signed ? 1 : 0) + closer.length();
          return new Result(tokens, end, signed && c == '-', signed && c == '+');
        }
      }
      if (c == '"' || c == '\'') {
        string(c);
      } else if (isDigit(c)) {
        number();
      } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
        name();
      } else {
        sign();
      }
    }
  }

  private Result atEnd(int opened) {
    if (!open.isEmpty()) {
      throw FlawFound.at(open.peek(), "`" + open.peek().text() + "` is never closed");
    }
    if (!closer.isEmpty()) {
      String mark = text.substring(opened, Math.min(opened + 2, text.length()));
      throw new FlawFound(
          Flaw.syntax(opened, mark.length(), "`" + mark + "` is never closed")
              .hint("end it with `" + closer + "`"));
    }
    tokens.add(new Token(Token.Kind.END, at, 1, "", null));
    return new Result(tokens, at, false, false);
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private void add(Token.Kind kind, int from, String value) {
    tokens.add(new Token(kind, from, at - from, value, null));
  }

  private void name() {
    int from = at;
    while (at < text.length()
        && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    add(Token.Kind.NAME, from, text.substring(from, at));
  }

  private void sign() {
    for (String sign : SIGNS) {
      if (text.startsWith(sign, at)) {
        int from = at;
        at += sign.length();
        add(Token.Kind.SIGN, from, sign);
        balance(tokens.getLast());
        return;
      }
    }
    Flaw flaw = Flaw.syntax(at, 1, "`" + text.charAt(at) + "` has no meaning in an expression");
    throw new FlawFound(
        switch (text.charAt(at)) {
          case '&' -> flaw.hint("write `and`");
          case '!' -> flaw.hint("write `not`");
          case '$' -> flaw.hint("a variable is written without `$`");
          default -> flaw;
        });
  }

  private void balance(Token sign) {
    switch (sign.text()) {
      case "(", "[", "{" -> open.push(sign);
      case ")", "]", "}" -> {
        String opener = sign.text().equals(")") ? "(" : sign.text().equals("]") ? "[" : "{";
        if (open.isEmpty() || !open.peek().text().equals(opener)) {
          throw FlawFound.at(sign, "`" + sign.text() + "` closes nothing");
        }
        open.pop();
      }
      default -> {}
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean afterDot() {
    return !tokens.isEmpty()
        && tokens.getLast().is(Token.Kind.SIGN, ".")
        && tokens.getLast().offset() == at - 1;
  }

  private void number() {
    int from = at;
    boolean index = afterDot();
    if (text.charAt(at) == '0' && at + 1 < text.length() && radix(text.charAt(at + 1)) > 0) {
      int radix = radix(text.charAt(at + 1));
      at += 2;
      while (at < text.length()
          && (Character.digit(text.charAt(at), radix) >= 0 || text.charAt(at) == '_')) {
        at++;
      }
      integer(from, from + 2, radix);
      return;
    }
    digits();
    boolean isFloat = false;
    if (!index) {
      if (at + 1 < text.length() && text.charAt(at) == '.' && isDigit(text.charAt(at + 1))) {
        at++;
        digits();
        isFloat = true;
      }
      isFloat |= exponent();
    }
    if (isFloat) {
      String written = text.substring(from, at);
      tokens.add(
          new Token(
              Token.Kind.NUMBER,
              from,
              at - from,
              written,
              Double.valueOf(written.replace("_", ""))));
    } else {
      integer(from, from, 10);
    }
  }

  private boolean exponent() {
    if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
      return false;
    }
    int digit = at + 1;
    if (digit < text.length() && (text.charAt(digit) == '+' || text.charAt(digit) == '-')) {
      digit++;
    }
    if (digit >= text.length() || !isDigit(text.charAt(digit))) {
      return false;
    }
    at = digit;
    digits();
    return true;
  }

  private static int radix(char letter) {
    return switch (letter) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 0;
    };
  }

  private void digits() {
    while (at < text.length() && (isDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
  }

  private void integer(int from, int digits, int radix) {
    String written = text.substring(from, at);
    String plain = text.substring(digits, at).replace("_", "");
    if (plain.isEmpty()) {
      throw new FlawFound(Flaw.syntax(from, at - from, "`" + written + "` is not a number"));
    }
    Object value = Numbers.normal(new BigInteger(plain, radix));
    tokens.add(new Token(Token.Kind.NUMBER, from, at - from, written, value));
  }

  private void string(char quote) {
    int from = at;
    at++;
    StringBuilder value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        escape(value);
      } else {
        value.append(c);
      }
    }
    if (at >= text.length()) {
      throw new FlawFound(
          new Flaw("template-syntax", from, 1, "the string is never closed", Optional.empty()));
    }
    at++;
    add(Token.Kind.STRING, from, value.toString());
  }

  private void escape(StringBuilder value) {
    char c = text.charAt(at++);
    switch (c) {
      case '\n' -> {}
      case '\\', '\'', '"' -> value.append(c);
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case 'x' -> hex(value, c, 2);
      case 'u' -> hex(value, c, 4);
      case 'U' -> hex(value, c, 8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int code = c - '0';
        for (int i = 0; i < 2 && at < text.length(); i++) {
          int digit = Character.digit(text.charAt(at), 8);
          if (digit < 0) {
            break;
          }
          code = code * 8 + digit;
          at++;
        }
        value.append((char) code);
      }
      default -> value.append('\\').append(c);
    }
  }

  private void hex(StringBuilder value, char kind, int digits) {
    int code = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at + i < text.length() ? Character.digit(text.charAt(at + i), 16) : -1;
      if (digit < 0) {
        throw new FlawFound(
            Flaw.syntax(at - 2, 2, "`\\" + kind + "` needs " + digits + " hexadecimal digits"));
      }
      code = code * 16 + digit;
    }
    if (!Character.isValidCodePoint(code)) {
      throw new FlawFound(Flaw.syntax(at - 2, digits + 2, "there is no such character"));
    }
    at += digits;
    value.appendCodePoint(code);
  }
}
