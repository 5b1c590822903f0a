package kk.template;

import java.util.List;
import kk.template.Token.Kind;

/// Goes through the tokens of an expression or tag, one by one.
class TokenReader {
  private final List<Token> tokens;
  private int at;

  TokenReader(List<Token> tokens) {
    this.tokens = tokens;
  }

  void end() {
    if (current().kind() != Kind.END) {
      throw unexpected("an operator or the end");
    }
  }

  Token current() {
    return tokens.get(at);
  }

  Token next() {
    Token token = tokens.get(at);
    if (token.kind() != Kind.END) {
      at++;
    }
    return token;
  }

  boolean atName(String name) {
    return current().is(Kind.NAME, name);
  }

  boolean skipName(String name) {
    return skip(Kind.NAME, name);
  }

  boolean skipSign(String sign) {
    return skip(Kind.SIGN, sign);
  }

  private boolean skip(Kind kind, String text) {
    if (current().is(kind, text)) {
      at++;
      return true;
    }
    return false;
  }

  Token expectName() {
    if (current().kind() != Kind.NAME) {
      throw unexpected("a name");
    }
    return next();
  }

  Token expectSign(String sign) {
    if (!current().is(Kind.SIGN, sign)) {
      throw unexpected("`" + sign + "`");
    }
    return next();
  }

  FlawFound unexpected(String expected) {
    Token token = current();
    FlawFound found = FlawFound.at(token, "expected " + expected + ", not " + token.shown());
    if (token.is(Kind.SIGN, ".") && at + 1 < tokens.size()) {
      String name = tokens.get(at + 1).text();
      return new FlawFound(
          found.flaw().hint("this is Go template syntax; write `{{ " + name + " }}`"));
    }
    if (token.is(Kind.SIGN, "=")) {
      return new FlawFound(found.flaw().hint("to compare, write `==`"));
    }
    return found;
  }

  /// The token behind the current one.
  Token ahead() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  /// Makes the token that was read last the current one again.
  void back() {
    if (at > 0 && current().kind() != Kind.END) {
      at--;
    }
  }
}
