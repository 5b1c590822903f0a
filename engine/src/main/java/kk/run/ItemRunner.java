package kk.run;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import kk.bind.BindingFailed;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.source.Span;
import kk.spi.Details;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RunAs;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.VariableStore;
import org.jspecify.annotations.Nullable;

/// Calls a task's module once, or until it is content: renders and binds arguments, runs it, and
/// judges the outcome by `changed_when`, `failed_when` and `until`.
final class ItemRunner {
  private static final long DEFAULT_RETRIES = 3;
  private static final double DEFAULT_DELAY = 5;

  private final Running running;

  ItemRunner(Running running) {
    this.running = running;
  }

  TaskResult run(
      Unit unit,
      Step.Task task,
      Settings settings,
      Host host,
      HostVariables variables,
      List<Host> owners)
      throws InterruptedException {
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    boolean repeats = evaluation.isSet(Keyword.UNTIL) || evaluation.isSet(Keyword.RETRIES);
    long retries =
        repeats ? evaluation.number(Keyword.RETRIES).map(Math::round).orElse(DEFAULT_RETRIES) : 0;
    for (long attempt = 1; ; attempt++) {
      TaskResult result = attempt(unit, task, settings, host, variables, owners, attempt, repeats);
      if (!repeats || result.status() == TaskResult.Status.UNREACHABLE) {
        return result;
      }
      if (isContent(task, settings, variables, result)) {
        return result;
      }
      if (attempt > retries) {
        return exhausted(result, retries, evaluation);
      }
      running
          .events()
          .accept(new RunEvent.Retrying(host.name(), task.name(), retries - attempt + 1));
      Thread.sleep(
          Duration.ofMillis(
              Math.round(
                  evaluation.number(Keyword.DELAY).filter(d -> d >= 0).orElse(DEFAULT_DELAY)
                      * 1000)));
    }
  }

  private boolean isContent(
      Step.Task task, Settings settings, HostVariables variables, TaskResult result) {
    if (settings.find(Keyword.UNTIL).isEmpty()) {
      return result.status() != TaskResult.Status.FAILED;
    }
    return new Evaluation(
            settings, withResult(task, variables, result.values()), running.templates())
        .holds(Keyword.UNTIL);
  }

  private static TaskResult exhausted(TaskResult result, long retries, Evaluation evaluation) {
    Map<String, Object> values = new LinkedHashMap<>(result.values());
    values.put("attempts", retries);
    values.put("failed", true);
    String why = result.why().isEmpty() ? "tried " + (retries + 1) + " times" : result.why();
    values.putIfAbsent("msg", why);
    return new TaskResult(
        TaskResult.Status.FAILED,
        evaluation.truth(Keyword.IGNORE_ERRORS),
        why,
        result.problem(),
        values,
        result.report(),
        result.took());
  }

  private TaskResult attempt(
      Unit unit,
      Step.Task task,
      Settings settings,
      Host host,
      HostVariables variables,
      List<Host> owners,
      long attempt,
      boolean counted)
      throws InterruptedException {
    Instant started = Instant.now();
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    boolean hidden = evaluation.truth(Keyword.NO_LOG);
    Optional<String> delegate = evaluation.text(Keyword.DELEGATE_TO);
    RemoteHost remote = remote(unit, evaluation, host, delegate);
    Outcome outcome;
    try {
      outcome = call(task, variables, remote);
    } catch (UnreachableException e) {
      return unreachable(e.getMessage(), evaluation, hidden, delegate, started);
    } catch (TaskFailed e) {
      outcome = Outcome.failed(String.valueOf(e.getMessage()));
    }
    return judged(
        task, settings, owners, variables, outcome, remote, attempt, counted, hidden, delegate,
        started);
  }

  private Outcome call(Step.Task task, HostVariables variables, RemoteHost remote)
      throws UnreachableException, InterruptedException {
    Module<?> module = running.installed().module(task.call().module()).orElseThrow();
    return call(module, task.call(), variables, remote);
  }

  private <A extends Record> Outcome call(
      Module<A> module, ModuleCall call, HostVariables variables, RemoteHost remote)
      throws UnreachableException, InterruptedException {
    A arguments;
    try {
      arguments =
          ArgumentBinder.bind(running.installed().schema(module), rendered(call, variables));
    } catch (BindingFailed e) {
      Span at =
          e.argument().map(call.arguments()::get).map(ModuleCall.Argument::at).orElse(call.at());
      throw new EvaluationFailed(Problem.of("wrong-argument", at, String.valueOf(e.getMessage())));
    }
    Outcome outcome = module.run(arguments, remote);
    if (call.module().equals("assert") && !(outcome instanceof Outcome.Skipped)) {
      Object that =
          call.arguments().get("that") == null ? null : call.arguments().get("that").value();
      int conditions = that instanceof List<?> list ? list.size() : 1;
      running
          .events()
          .accept(
              new RunEvent.Asserted(
                  remote.name(), conditions, !(outcome instanceof Outcome.Failed)));
    }
    return outcome;
  }

  private Map<String, Object> rendered(ModuleCall call, HostVariables variables) {
    ArgumentSchema<?> schema = running.installed().schema(call.module());
    Map<String, Object> arguments = new LinkedHashMap<>();
    call.arguments()
        .forEach(
            (name, argument) -> {
              Object value =
                  schema.isUnevaluated(name)
                      ? argument.value()
                      : variables.resolve(argument.value());
              if (value != Omit.OMIT) {
                arguments.put(name, value);
              }
            });
    return arguments;
  }

  /// What the outcome counts as, after the task's own conditions have been asked.
  private TaskResult judged(
      Step.Task task,
      Settings settings,
      List<Host> owners,
      HostVariables variables,
      Outcome outcome,
      RemoteHost remote,
      long attempt,
      boolean counted,
      boolean hidden,
      Optional<String> delegate,
      Instant started) {
    Evaluation evaluation = new Evaluation(settings, variables, running.templates());
    Details details = outcome.details();
    List<Host> keepers =
        evaluation.truth(Keyword.DELEGATE_FACTS) && delegate.isPresent()
            ? List.of(delegated(delegate.get(), task.at()))
            : owners;
    details
        .variables()
        .ifPresent(found -> keepers.forEach(keeper -> running.variables().of(keeper).store(found)));
    boolean changed =
        outcome instanceof Outcome.Changed || Boolean.TRUE.equals(details.values().get("changed"));
    boolean failed = outcome instanceof Outcome.Failed;
    boolean skipped = outcome instanceof Outcome.Skipped;
    String why =
        switch (outcome) {
          case Outcome.Failed(String reason, Details d) -> reason;
          case Outcome.Skipped(String reason, Details d) -> reason;
          case Outcome.Changed c -> "";
          case Outcome.Unchanged u -> "";
        };
    Map<String, Object> values = new LinkedHashMap<>(details.values());
    values.put("changed", changed);
    values.put("failed", failed);
    if (skipped) {
      values.put("skipped", true);
    }
    if (!why.isEmpty()) {
      values.putIfAbsent("msg", why);
    }
    if (counted) {
      values.put("attempts", attempt);
    }
    Optional<Problem> problem = Optional.empty();
    if (!skipped && settings.find(Keyword.CHANGED_WHEN).isPresent()) {
      changed = holds(settings, task, variables, values, Keyword.CHANGED_WHEN);
      values.put("changed", changed);
    }
    if (!skipped && settings.find(Keyword.FAILED_WHEN).isPresent()) {
      failed = holds(settings, task, variables, values, Keyword.FAILED_WHEN);
      values.put("failed", failed);
      values.put("failed_when_result", failed);
      why = failed ? (why.isEmpty() ? "`failed_when` holds" : why) : "";
    }
    TaskResult.Status status =
        failed
            ? TaskResult.Status.FAILED
            : skipped
                ? TaskResult.Status.SKIPPED
                : changed ? TaskResult.Status.CHANGED : TaskResult.Status.OK;
    return new TaskResult(
        status,
        failed && evaluation.truth(Keyword.IGNORE_ERRORS),
        why,
        problem,
        values,
        new TaskResult.Report(
            remote.actions(),
            details.diffs(),
            details.warnings(),
            hidden,
            delegate,
            message(task, values)),
        Duration.between(started, Instant.now()));
  }

  /// What `debug` has to say.
  private static Optional<Object> message(Step.Task task, Map<String, Object> values) {
    if (!task.call().module().equals("debug")) {
      return Optional.empty();
    }
    Map<String, Object> said = new LinkedHashMap<>(values);
    Object message = said.remove("msg");
    said.keySet().removeAll(List.of("changed", "failed"));
    return Optional.ofNullable(message)
        .or(() -> Optional.<Object>of(said).filter(s -> !said.isEmpty()));
  }

  private boolean holds(
      Settings settings,
      Step.Task task,
      HostVariables variables,
      Map<String, Object> values,
      Keyword keyword) {
    return new Evaluation(settings, withResult(task, variables, values), running.templates())
        .holds(keyword);
  }

  /// The variables with the result so far under the registered name.
  private static HostVariables withResult(
      Step.Task task, HostVariables variables, Map<String, Object> values) {
    Optional<String> name = task.settings().text(Keyword.REGISTER);
    return name.isPresent()
        ? variables.with(Layer.data("register", Map.of(name.get(), values)))
        : variables;
  }

  private static TaskResult unreachable(
      @Nullable String message,
      Evaluation evaluation,
      boolean hidden,
      Optional<String> delegate,
      Instant started) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("unreachable", true);
    values.put("msg", String.valueOf(message));
    return new TaskResult(
        TaskResult.Status.UNREACHABLE,
        evaluation.truth(Keyword.IGNORE_UNREACHABLE),
        String.valueOf(message),
        Optional.empty(),
        values,
        new TaskResult.Report(List.of(), List.of(), List.of(), hidden, delegate, Optional.empty()),
        Duration.between(started, Instant.now()));
  }

  private RemoteHost remote(
      Unit unit, Evaluation evaluation, Host host, Optional<String> delegate) {
    Host target = delegate.map(name -> delegated(name, unit.step().at())).orElse(host);
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
            runAs(evaluation, target, connectionVariables),
            evaluation.environment(),
            evaluation.number(Keyword.TIMEOUT).map(s -> Duration.ofMillis(Math.round(s * 1000))),
            evaluation.findTruth(Keyword.CHECK_MODE).orElse(options.check()),
            evaluation.findTruth(Keyword.DIFF).orElse(options.diff()));
    Path stepFolder = folderOf(unit.step().at());
    return new RemoteHost(
        manner,
        connectionVariables,
        evaluation.variables(),
        running.connections(),
        running.templates(),
        new FileSearch(
            FileSearch.foldersOf(unit.context(), stepFolder), running.loader()::variables),
        unit.step().at(),
        running.events());
  }

  private Host delegated(String name, Span at) {
    return running.variables().inventory().find(name).orElseGet(() -> new Host(name, at, Map.of()));
  }

  static Path folderOf(Span at) {
    Path parent = Path.of(at.source().name()).toAbsolutePath().normalize().getParent();
    return parent == null ? Path.of("/") : parent;
  }

  private Optional<RunAs> runAs(Evaluation evaluation, Host target, HostVariables variables) {
    boolean become =
        Connections.text(variables, "ansible_become")
            .flatMap(text -> ArgumentBinder.truth(text))
            .orElseGet(() -> evaluation.truth(Keyword.BECOME));
    String user =
        Connections.text(variables, "ansible_become_user")
            .or(() -> evaluation.text(Keyword.BECOME_USER))
            .orElse("root");
    boolean already =
        running
            .connections()
            .user(target, variables, evaluation.text(Keyword.REMOTE_USER))
            .map(user::equals)
            .orElse(false);
    if (!become || already) {
      return Optional.empty();
    }
    String method =
        Connections.text(variables, "ansible_become_method")
            .or(() -> evaluation.text(Keyword.BECOME_METHOD))
            .orElse("sudo");
    Optional<Secret> password =
        Connections.text(variables, "ansible_become_password")
            .or(() -> Connections.text(variables, "ansible_become_pass"))
            .or(() -> Connections.connector(variables, "password"))
            .map(Secret::new)
            .or(running::becomePassword);
    return Optional.of(new RunAs(user, method, password));
  }
}
