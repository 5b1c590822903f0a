package kk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The options that all commands share which read an inventory and settings.
final class RunArguments implements Syntax.Arguments {
  final VaultOptions vault = new VaultOptions();
  List<String> inventories = new ArrayList<>();
  List<String> set = new ArrayList<>();
  List<String> setString = new ArrayList<>();
  List<String> setJson = new ArrayList<>();
  List<String> setFile = new ArrayList<>();
  List<String> extraVars = new ArrayList<>();
  List<Path> configs = new ArrayList<>();
  Path workDir = Path.of("kubekey");
  String color = "auto";
  int verbose;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .with(vault)
        .texts(
            "-i, --inventory",
            "FILE",
            "inventory; may be given several times",
            values -> inventories = values)
        .texts(
            "--set",
            "KEY=VALUE,…",
            "sets variables, a.b[0]=v; commas separate, \\, is a comma",
            values -> set = values)
        .texts(
            "--set-string",
            "KEY=VALUE,…",
            "like --set, but every value stays text",
            values -> setString = values)
        .texts(
            "--set-json", "KEY=JSON", "sets a variable to a JSON value", values -> setJson = values)
        .texts(
            "--set-file",
            "KEY=FILE",
            "sets a variable to the text of a file",
            values -> setFile = values)
        .texts(
            "-e, --extra-vars",
            "VARS",
            "variables as key=value, as JSON or YAML, or @FILE",
            values -> extraVars = values)
        .options(
            "-c, --config",
            "FILE",
            "settings in a file of kind: Config",
            Path.class,
            values -> configs = values)
        .option(
            "--workdir",
            "DIR",
            "where kk keeps what it makes, ./kubekey by default",
            Path.class,
            value -> workDir = value)
        .text("--color", "WHEN", "auto, always or never", value -> color = value)
        .repeated("-v, --verbose", "tell more; may be repeated", count -> verbose = count);
  }
}
