package kk.cli.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that Ansible's commands share.
final class CommonOptions {
  @Option(names = "--ansible-compat", required = true, description = "speak Ansible's dialect")
  boolean compat;

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

  @Option(names = {"-T", "--timeout"})
  Optional<Integer> timeout = Optional.empty();

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

  @Option(names = {"-k", "--ask-pass"})
  boolean asksPassword;

  @Option(names = {"--private-key", "--key-file"})
  Optional<String> privateKey = Optional.empty();

  @Option(names = {"-C", "--check"})
  boolean check;

  @Option(names = {"-D", "--diff"})
  boolean diff;

  @Option(names = "--list-hosts")
  boolean listHosts;

  @Option(names = {"--playbook-dir"})
  Optional<String> playbookDir = Optional.empty();

  @Option(names = {"--vault-password-file", "--vault-pass-file"})
  List<String> vaultPasswordFiles = new ArrayList<>();

  @Option(names = "--vault-id")
  List<String> vaultIds = new ArrayList<>();

  @Option(names = {"-M", "--module-path"})
  List<String> modulePath = new ArrayList<>();

  @Option(
      names = {"--ssh-common-args", "--ssh-extra-args", "--sftp-extra-args", "--scp-extra-args"})
  List<String> connectionArguments = new ArrayList<>();

  @Option(names = "--version")
  boolean version;
}
