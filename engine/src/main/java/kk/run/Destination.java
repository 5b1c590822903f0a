package kk.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.Step;
import kk.source.Span;
import kk.spi.RunAs;
import kk.spi.Secret;
import kk.variables.HostVariables;
import kk.variables.VariableStore;

/// Where the call of a module goes: which host, over which connection, as which user, for how long.
record Destination(Running running) {
  private static final double DEFAULT_POLL = 15;

  /// The host that the module sees: of the task, or that the task is delegated to.
  RemoteHost of(Unit unit, Evaluation evaluation, Host host, Optional<String> delegate) {
    Host target = delegate.map(name -> running.host(name, unit.step().at())).orElse(host);
    HostVariables connectionVariables =
        delegate.isEmpty()
            ? evaluation.variables()
            : running.variables().view(target, VariableStore.Context.NONE);
    RunOptions options = running.options();
    RemoteHost.Manner manner =
        new RemoteHost.Manner(
            target,
            evaluation.text(Keyword.CONNECTION).orElse(""),
            evaluation.text(Keyword.REMOTE_USER),
            evaluation.text(Keyword.PORT),
            runAs(evaluation, target, connectionVariables),
            evaluation.environment(
                unit.step() instanceof Step.Task t && t.call().module().equals("setup")),
            limit(evaluation),
            evaluation.findTruth(Keyword.CHECK_MODE).orElse(options.check()),
            evaluation.findTruth(Keyword.DIFF).orElse(options.diff()));
    Path stepFolder = folderOf(unit.step().at());
    return new RemoteHost(
        manner,
        connectionVariables,
        evaluation.variables(),
        running,
        new FileSearch(
            FileSearch.foldersOf(unit.context(), stepFolder), running.loader()::variables),
        unit.step().at(),
        way(evaluation, connectionVariables),
        unit.step() instanceof Step.Task called
            ? CallArguments.expressions(called.call())
            : List.of());
  }

  private Optional<Duration> limit(Evaluation evaluation) {
    return evaluation
        .number(Keyword.TIMEOUT)
        .or(() -> Optional.of(running.options().defaults().timeout()))
        .filter(seconds -> seconds > 0)
        .map(Destination::seconds);
  }

  private static Way way(Evaluation evaluation, HostVariables connectionVariables) {
    String folder =
        Connections.text(connectionVariables, "ansible_async_dir").orElse(BackgroundJob.USUAL);
    Duration poll = seconds(evaluation.number(Keyword.POLL).orElse(DEFAULT_POLL));
    return evaluation
        .number(Keyword.ASYNC)
        .filter(limit -> limit > 0)
        .<Way>map(limit -> new Way.Background(seconds(limit), poll, folder))
        .orElseGet(Way.Foreground::new);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  static Path folderOf(Span at) {
    Path parent = Path.of(at.source().name()).toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private Optional<RunAs> runAs(Evaluation evaluation, Host target, HostVariables variables) {
    boolean become =
        Connections.text(variables, "ansible_become")
            .flatMap(text -> ArgumentBinder.truth(text))
            .orElseGet(
                () ->
                    evaluation
                        .findTruth(Keyword.BECOME)
                        .orElse(running.options().defaults().become()));
    if (!become) {
      return Optional.empty();
    }
    String user =
        Connections.text(variables, "ansible_become_user")
            .or(() -> evaluation.text(Keyword.BECOME_USER))
            .or(() -> running.options().defaults().becomeUser())
            .orElse("root");
    boolean already =
        running
            .connections()
            .user(
                target,
                variables,
                evaluation.text(Keyword.CONNECTION).orElse(""),
                evaluation.text(Keyword.REMOTE_USER))
            .map(user::equals)
            .orElse(false);
    boolean always = running.options().defaults().becomeFromItself();
    if (already && !always) {
      return Optional.empty();
    }
    String method =
        Connections.text(variables, "ansible_become_method")
            .or(() -> evaluation.text(Keyword.BECOME_METHOD))
            .or(() -> running.options().defaults().becomeMethod())
            .map(Connections::shortName)
            .orElse("sudo");
    Optional<Secret> password =
        Connections.text(variables, "ansible_become_password")
            .or(() -> Connections.text(variables, "ansible_become_pass"))
            .or(() -> Connections.connector(variables, "password"))
            .map(Secret::new)
            .or(running::becomePassword);
    return Optional.of(
        new RunAs(
            user,
            method,
            become("exe", method, variables, evaluation.text(Keyword.BECOME_EXE))
                .or(() -> running.options().defaults().becomeExe()),
            become("flags", method, variables, evaluation.text(Keyword.BECOME_FLAGS))
                .or(() -> running.options().defaults().becomeFlags()),
            always,
            password));
  }

  /// What a variable says about the way to become another user, the method's own before that of
  /// them all, or else the keyword.
  private static Optional<String> become(
      String what, String method, HostVariables variables, Optional<String> keyword) {
    return Connections.text(variables, "ansible_" + method + "_" + what)
        .or(() -> Connections.text(variables, "ansible_become_" + what))
        .or(() -> keyword);
  }
}
