package kk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that all commands share which read an inventory and settings.
final class RunArguments {
  @Mixin VaultOptions vault = new VaultOptions();

  @Option(
      names = {"-i", "--inventory"},
      paramLabel = "FILE",
      description = "inventory; may be given several times")
  List<String> inventories = new ArrayList<>();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE,…",
      description = "sets variables, a.b[0]=v; commas separate, \\, is a comma")
  List<String> set = new ArrayList<>();

  @Option(
      names = "--set-string",
      paramLabel = "KEY=VALUE,…",
      description = "like --set, but every value stays text")
  List<String> setString = new ArrayList<>();

  @Option(
      names = "--set-json",
      paramLabel = "KEY=JSON",
      description = "sets a variable to a JSON value")
  List<String> setJson = new ArrayList<>();

  @Option(
      names = "--set-file",
      paramLabel = "KEY=FILE",
      description = "sets a variable to the text of a file")
  List<String> setFile = new ArrayList<>();

  @Option(
      names = {"-e", "--extra-vars"},
      paramLabel = "VARS",
      description = "variables as key=value, as JSON or YAML, or @FILE")
  List<String> extraVars = new ArrayList<>();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "settings in a file of kind: Config")
  List<Path> configs = new ArrayList<>();

  @Option(
      names = "--workdir",
      paramLabel = "DIR",
      description = "where kk keeps what it makes, ./kubekey by default")
  Path workDir = Path.of("kubekey");

  @Option(names = "--color", paramLabel = "WHEN", description = "auto, always or never")
  String color = "auto";

  @Option(
      names = {"-v", "--verbose"},
      description = "tell more; may be repeated")
  boolean[] verbose = {};
}
