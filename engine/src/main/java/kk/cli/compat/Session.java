package kk.cli.compat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import kk.cli.ExtraVars;
import kk.cli.HostFile;
import kk.cli.Workbench;
import kk.inventory.Inventory;
import kk.load.Checks;
import kk.load.PlaybookLoader;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.report.DefaultCallback;
import kk.run.Defaults;
import kk.run.PlaybookRunner;
import kk.run.Prompter;
import kk.run.RunOptions;
import kk.run.RunRequest;
import kk.run.StopRequest;
import kk.spi.Secret;
import kk.template.LookupManners;
import kk.template.Templates;
import kk.variables.FactCache;
import kk.variables.Layer;
import kk.variables.Manners;
import kk.variables.VariableStore;
import kk.vault.Vault;

/// What one of Ansible's commands works with, made from its options and Ansible's settings.
final class Session {
  private final CommonOptions options;
  private final AnsibleSettings settings;
  private final PrintStream out;
  private final PrintStream errors;
  private final Prompter prompter;
  private final Function<Duration, StopRequest> stops;
  private final Map<String, Object> given;
  private final Workbench workbench;
  private final DefaultCallback callback;

  Session(
      CommonOptions options,
      AnsibleSettings settings,
      PrintStream out,
      PrintStream errors,
      Prompter prompter,
      Function<Duration, StopRequest> stops) {
    this.stops = stops;
    this.prompter = prompter;
    this.options = options;
    this.settings = settings;
    this.out = out;
    this.errors = errors;
    Problems problems = new Problems(this::judged);
    Vault vault = new Vault(options.vault.keys(vaultIds(), prompter), secret -> {});
    this.given = ExtraVars.of(options.extraVars, vault, problems);
    this.workbench = workbench(vault, problems);
    this.callback =
        new DefaultCallback(
            out,
            errors,
            new DefaultCallback.Shown(
                verbosity(),
                settings.truth("DISPLAY_SKIPPED_HOSTS", "defaults", "display_skipped_hosts", true),
                settings.truth("DISPLAY_OK_HOSTS", "defaults", "display_ok_hosts", true),
                settings.truth("SHOW_CUSTOM_STATS", "defaults", "show_custom_stats", false)));
  }

  int verbosity() {
    return Math.max(
        options.verbose,
        settings.text("VERBOSITY", "defaults", "verbosity").map(Integer::parseInt).orElse(0));
  }

  AnsibleSettings settings() {
    return settings;
  }

  PrintStream out() {
    return out;
  }

  PrintStream errors() {
    return errors;
  }

  DefaultCallback callback() {
    return callback;
  }

  Templates templates() {
    return workbench.templates();
  }

  /// A key that stands twice in a mapping is odd for Ansible, unless a setting says otherwise.
  private Optional<Problem> judged(Problem problem) {
    if (!problem.id().equals("duplicate-key")) {
      return Optional.of(problem);
    }
    String wanted =
        settings.text("DUPLICATE_YAML_DICT_KEY", "defaults", "duplicate_dict_key").orElse("warn");
    return switch (wanted) {
      case "error" -> Optional.of(problem);
      case "ignore" -> Optional.empty();
      default -> Optional.of(Failure.asWarning(problem));
    };
  }

  /// Ends with what is wrong so far, and tells what is only odd.
  void complain() {
    List<Problem> found = workbench.problems().sorted();
    found.stream().filter(problem -> !problem.isError()).forEach(p -> callback.warn(p.title()));
    workbench.problems().throwIfErrors();
  }

  /// Variables from the command line.
  Map<String, Object> given() {
    return given;
  }

  private Workbench workbench(Vault vault, Problems problems) {
    List<Path> roles = new ArrayList<>(settings.folders("ROLES_PATH", "defaults", "roles_path"));
    if (roles.isEmpty()) {
      roles.add(Path.of(System.getProperty("user.home"), ".ansible", "roles"));
      roles.add(Path.of("/etc/ansible/roles"));
    }
    return new Workbench(
        new Workbench.Choices(
            sources(),
            roles,
            Checks.WHEN_REACHED,
            List.of(Layer.trusted("extra vars", given)),
            new Manners(
                settings
                    .text("HASH_BEHAVIOUR", "defaults", "hash_behaviour")
                    .filter("merge"::equals)
                    .isPresent(),
                settings.truth("INJECT_FACT_VARS", "defaults", "inject_facts_as_vars", true),
                true,
                factCache()),
            vault,
            new LookupManners(settings.byName(), true)),
        problems);
  }

  /// Where settings say that vault passwords come from, as `--vault-id` would.
  private List<String> vaultIds() {
    List<String> ids = new ArrayList<>();
    settings
        .text("VAULT_IDENTITY_LIST", "defaults", "vault_identity_list")
        .ifPresent(list -> ids.addAll(commas(List.of(list))));
    settings.text("VAULT_PASSWORD_FILE", "defaults", "vault_password_file").ifPresent(ids::add);
    return ids;
  }

  PlaybookLoader loader() {
    return workbench.loader();
  }

  private List<String> sources() {
    if (!options.inventories.isEmpty()) {
      return options.inventories;
    }
    return settings
        .text("INVENTORY", "defaults", "inventory")
        .map(text -> Stream.of(text.split(",", -1)).toList())
        .orElse(List.of());
  }

  /// The inventory, with the variables beside the playbook.
  Inventory inventory(Optional<Path> beside) {
    Problems found = new Problems(this::judged);
    Inventory inventory = workbench.inventory(beside, found);
    for (Problem problem : found.sorted()) {
      if (problem.id().equals("unreadable-file")) {
        callback.warn(
            "Unable to parse " + problem.at().source().name() + " as an inventory source");
      } else {
        workbench.problems().add(problem);
      }
    }
    return inventory;
  }

  VariableStore variables(Inventory inventory) {
    return workbench.variables(inventory);
  }

  /// Where facts outlive the run.
  Optional<FactCache> factCache() {
    String prefix =
        settings.text("CACHE_PLUGIN_PREFIX", "defaults", "fact_caching_prefix").orElse("");
    return settings
        .text("CACHE_PLUGIN", "defaults", "fact_caching")
        .filter(plugin -> plugin.endsWith("jsonfile"))
        .flatMap(
            plugin ->
                settings.text("CACHE_PLUGIN_CONNECTION", "defaults", "fact_caching_connection"))
        .map(
            folder -> new FactCache(AnsibleSettings.expanded(folder), prefix, Workbench::fromYaml));
  }

  RunRequest request(
      RunOptions with, VariableStore variables, PlaybookLoader loader, Optional<Path> beside) {
    return workbench.request(
        with,
        variables,
        loader,
        beside,
        prompter,
        List.of(callback),
        stops.apply(Duration.ofSeconds(options.grace)));
  }

  /// Leaves the hosts that were lost in a file, if settings want that.
  void keepLost(Path playbook, PlaybookRunner.Ended ended) {
    if (!settings.truth("RETRY_FILES_ENABLED", "defaults", "retry_files_enabled", false)) {
      return;
    }
    Path folder =
        settings
            .text("RETRY_FILES_SAVE_PATH", "defaults", "retry_files_save_path")
            .map(AnsibleSettings::expanded)
            .orElseGet(() -> playbook.toAbsolutePath().normalize().resolveSibling(""));
    String name = String.valueOf(playbook.getFileName()).replaceFirst("\\.[^.]*$", "");
    Path file = folder.resolve(name + ".retry").toAbsolutePath();
    try {
      HostFile.write(file, ended.lost());
      out.println("\tto retry, use: --limit @" + file + "\n");
    } catch (IOException e) {
      callback.warn("Could not create retry file '" + file + "'. " + e.getMessage());
    }
  }

  RunOptions runOptions(PlaybookDialect dialect) {
    return new RunOptions(
        options.check,
        options.diff || settings.truth("DIFF_ALWAYS", "diff", "always", false),
        commas(dialect.tags),
        commas(dialect.skipTags),
        limit(),
        options
            .forks
            .or(() -> settings.text("FORKS", "defaults", "forks").map(Integer::valueOf))
            .orElse(5),
        dialect.step,
        dialect.startAt,
        becomePassword(),
        Path.of(System.getProperty("user.home"), ".ssh", "known_hosts"),
        verbosity(),
        workbench.inventorySources(),
        settings.path().map(Path::toAbsolutePath),
        defaults(dialect.forceHandlers));
  }

  List<String> limit() {
    return HostFile.expanded(
        options.limit.stream().flatMap(text -> commas(List.of(text)).stream()).toList());
  }

  private Optional<Secret> becomePassword() {
    if (options.asksBecomePassword) {
      return prompter.ask("BECOME password: ", true).map(Secret::new);
    }
    return options
        .becomePasswordFile
        .or(() -> settings.text("BECOME_PASSWORD_FILE", "defaults", "become_password_file"))
        .map(name -> Workbench.passwordIn(AnsibleSettings.expanded(name)));
  }

  private Defaults defaults(boolean forceHandlers) {
    return new Defaults(
        forceHandlers || settings.truth("FORCE_HANDLERS", "defaults", "force_handlers", false),
        settings.text("STRATEGY", "defaults", "strategy").orElse("linear"),
        switch (settings.text("GATHERING", "defaults", "gathering").orElse("implicit")) {
          case "explicit" -> Defaults.Gathering.EXPLICIT;
          case "smart" -> Defaults.Gathering.SMART;
          default -> Defaults.Gathering.IMPLICIT;
        },
        settings.truth("NO_LOG", "defaults", "no_log", false),
        settings.truth("ERROR_ON_MISSING_HANDLER", "defaults", "error_on_missing_handler", true),
        settings
            .text("HOST_PATTERN_MISMATCH", "inventory", "host_pattern_mismatch")
            .orElse("warning")
            .equals("error"),
        settings.truth("PRIVATE_ROLE_VARS", "defaults", "private_role_vars"),
        options.connection.or(() -> settings.text("TRANSPORT", "defaults", "transport")),
        options.user.or(() -> settings.text("REMOTE_USER", "defaults", "remote_user")),
        options.become || settings.truth("BECOME", "privilege_escalation", "become", false),
        options.becomeUser.or(
            () -> settings.text("BECOME_USER", "privilege_escalation", "become_user")),
        options.becomeMethod.or(
            () -> settings.text("BECOME_METHOD", "privilege_escalation", "become_method")),
        settings.text("BECOME_EXE", "privilege_escalation", "become_exe"),
        settings.text("BECOME_FLAGS", "privilege_escalation", "become_flags"),
        settings.truth(
            "BECOME_ALLOW_SAME_USER", "privilege_escalation", "become_allow_same_user", false),
        Failure::ofTask,
        settings.text("TASK_TIMEOUT", "defaults", "task_timeout").map(Double::valueOf).orElse(0.0));
  }

  private static List<String> commas(List<String> given) {
    return given.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
