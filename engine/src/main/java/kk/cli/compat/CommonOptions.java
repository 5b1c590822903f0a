package kk.cli.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.cli.Syntax;
import kk.cli.VaultOptions;

/// The options that Ansible's commands share, as far as they do something here. Others are unknown
/// options, which is better than to pass over them.
final class CommonOptions implements Syntax.Arguments {
  final VaultOptions vault = new VaultOptions();
  List<String> inventories = new ArrayList<>();
  List<String> extraVars = new ArrayList<>();
  List<String> limit = new ArrayList<>();
  int verbose;

  /// Seconds that running tasks have after Ctrl-C. Ansible knows no such option.
  int grace = 10;

  Optional<Integer> forks = Optional.empty();
  Optional<String> connection = Optional.empty();
  Optional<String> user = Optional.empty();
  boolean become;
  Optional<String> becomeMethod = Optional.empty();
  Optional<String> becomeUser = Optional.empty();
  boolean asksBecomePassword;
  Optional<String> becomePasswordFile = Optional.empty();
  boolean check;
  boolean diff;
  boolean listHosts;
  boolean version;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .with(vault)
        .flag("--ansible-compat", "speak Ansible's dialect", () -> {})
        .texts("-i, --inventory, --inventory-file", "", "", values -> inventories = values)
        .texts("-e, --extra-vars", "", "", values -> extraVars = values)
        .texts("-l, --limit", "", "", values -> limit = values)
        .repeated("-v, --verbose", "", count -> verbose = count)
        .option("--grace", "", "", Integer.class, value -> grace = value)
        .option("-f, --forks", "", "", Integer.class, value -> forks = Optional.of(value))
        .text("-c, --connection", "", "", value -> connection = Optional.of(value))
        .text("-u, --user", "", "", value -> user = Optional.of(value))
        .flag("-b, --become", "", () -> become = true)
        .text("--become-method", "", "", value -> becomeMethod = Optional.of(value))
        .text("--become-user", "", "", value -> becomeUser = Optional.of(value))
        .flag("-K, --ask-become-pass", "", () -> asksBecomePassword = true)
        .text(
            "--become-password-file, --become-pass-file",
            "",
            "",
            value -> becomePasswordFile = Optional.of(value))
        .flag("-C, --check", "", () -> check = true)
        .flag("-D, --diff", "", () -> diff = true)
        .flag("--list-hosts", "", () -> listHosts = true)
        .flag("--version", "", () -> version = true);
  }
}
