package kk.cli.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.cli.VaultOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that Ansible's commands share, as far as they do something here. Others are unknown
/// options, which is better than to pass over them.
final class CommonOptions {
  @Option(names = "--ansible-compat", required = true, description = "speak Ansible's dialect")
  boolean compat;

  @Mixin VaultOptions vault = new VaultOptions();

  @Option(names = {"-i", "--inventory", "--inventory-file"})
  List<String> inventories = new ArrayList<>();

  @Option(names = {"-e", "--extra-vars"})
  List<String> extraVars = new ArrayList<>();

  @Option(names = {"-l", "--limit"})
  List<String> limit = new ArrayList<>();

  @Option(names = {"-v", "--verbose"})
  boolean[] verbose = {};

  @Option(names = {"-f", "--forks"})
  Optional<Integer> forks = Optional.empty();

  @Option(names = {"-c", "--connection"})
  Optional<String> connection = Optional.empty();

  @Option(names = {"-u", "--user"})
  Optional<String> user = Optional.empty();

  @Option(names = {"-b", "--become"})
  boolean become;

  @Option(names = "--become-method")
  Optional<String> becomeMethod = Optional.empty();

  @Option(names = "--become-user")
  Optional<String> becomeUser = Optional.empty();

  @Option(names = {"-K", "--ask-become-pass"})
  boolean asksBecomePassword;

  @Option(names = {"--become-password-file", "--become-pass-file"})
  Optional<String> becomePasswordFile = Optional.empty();

  @Option(names = {"-C", "--check"})
  boolean check;

  @Option(names = {"-D", "--diff"})
  boolean diff;

  @Option(names = "--list-hosts")
  boolean listHosts;

  @Option(names = "--version")
  boolean version;
}
