package kk.template;

/// Ends the reading of a text that can't be read on.
final class FlawFound extends RuntimeException {
  private final transient Flaw flaw;

  FlawFound(Flaw flaw) {
    super(flaw.title());
    this.flaw = flaw;
  }

  static FlawFound at(Token token, String title) {
    return new FlawFound(Flaw.syntax(token.offset(), token.length(), title));
  }

  Flaw flaw() {
    return flaw;
  }
}
