package kk.cli.compat;

import java.util.Optional;
import kk.cli.Syntax;

/// The command line of `ansible-inventory`.
final class InventoryDialect implements Syntax.Arguments {
  final CommonOptions common = new CommonOptions();
  Optional<String> group = Optional.empty();
  boolean list;
  Optional<String> host = Optional.empty();
  Optional<String> folder = Optional.empty();
  boolean graph;
  boolean yaml;
  boolean export;
  boolean vars;
  Optional<String> output = Optional.empty();

  @Override
  public void describe(Syntax syntax) {
    syntax
        .with(common)
        .word("", "", "0..1", String.class, value -> group = Optional.of(value))
        .flag("--list", "", () -> list = true)
        .text("--host", "", "", value -> host = Optional.of(value))
        .text("--playbook-dir", "", "", value -> folder = Optional.of(value))
        .flag("--graph", "", () -> graph = true)
        .flag("-y, --yaml", "", () -> yaml = true)
        .flag("--export", "", () -> export = true)
        .flag("--vars", "", () -> vars = true)
        .text("--output", "", "", value -> output = Optional.of(value));
  }
}
