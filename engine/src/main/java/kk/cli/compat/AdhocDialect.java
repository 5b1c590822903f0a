package kk.cli.compat;

import java.util.Optional;
import kk.cli.Syntax;

/// The command line of `ansible`.
final class AdhocDialect implements Syntax.Arguments {
  final CommonOptions common = new CommonOptions();
  Optional<String> pattern = Optional.empty();
  String module = "command";
  String arguments = "";
  int background;
  int poll = 15;
  boolean oneLine;
  Optional<String> tree = Optional.empty();

  @Override
  public void describe(Syntax syntax) {
    syntax
        .with(common)
        .word("", "", "0..1", String.class, value -> pattern = Optional.of(value))
        .text("-m, --module-name", "", "", value -> module = value)
        .text("-a, --args", "", "", value -> arguments = value)
        .option("-B, --background", "", "", Integer.class, value -> background = value)
        .option("-P, --poll", "", "", Integer.class, value -> poll = value)
        .flag("-o, --one-line", "", () -> oneLine = true)
        .text("-t, --tree", "", "", value -> tree = Optional.of(value));
  }
}
