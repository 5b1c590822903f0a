package kk.cli.compat;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command line of `ansible-inventory`.
@Command(name = "inventory", sortOptions = false)
final class InventoryDialect {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1")
  Optional<String> group = Optional.empty();

  @Option(names = "--list")
  boolean list;

  @Option(names = "--host")
  Optional<String> host = Optional.empty();

  @Option(names = "--playbook-dir")
  Optional<String> folder = Optional.empty();

  @Option(names = "--graph")
  boolean graph;

  @Option(names = {"-y", "--yaml"})
  boolean yaml;

  @Option(names = "--export")
  boolean export;

  @Option(names = "--vars")
  boolean vars;

  @Option(names = "--output")
  Optional<String> output = Optional.empty();
}
