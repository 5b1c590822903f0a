package kk.cli.compat;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command line of `ansible`.
@Command(name = "adhoc", sortOptions = false)
final class AdhocDialect {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1")
  Optional<String> pattern = Optional.empty();

  @Option(names = {"-m", "--module-name"})
  String module = "command";

  @Option(names = {"-a", "--args"})
  String arguments = "";

  @Option(names = {"-B", "--background"})
  int background;

  @Option(names = {"-P", "--poll"})
  int poll = 15;

  @Option(names = {"-o", "--one-line"})
  boolean oneLine;

  @Option(names = {"-t", "--tree"})
  Optional<String> tree = Optional.empty();
}
