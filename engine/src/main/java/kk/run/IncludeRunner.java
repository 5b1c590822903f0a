package kk.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Host;
import kk.playbook.Expression;
import kk.playbook.Keyword;
import kk.playbook.Loop;
import kk.playbook.Place;
import kk.playbook.Role;
import kk.playbook.RoleUse;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.template.EvaluationFailed;
import kk.template.Omit;
import kk.variables.HostVariables;
import kk.variables.Layer;

/// Reads what `include_tasks` and `include_role` ask for when a host gets there.
final class IncludeRunner {
  private final Running running;
  private final PlayPlan plan;

  IncludeRunner(Running running, PlayPlan plan) {
    this.running = running;
    this.plan = plan;
  }

  /// What came of an include.
  ///
  /// @param counted how many tasks it counts as: each file or role that is included
  /// @param frames steps to do next, in order
  /// @param names what was included, for the output
  record Included(TaskResult result, int counted, List<Frame> frames, List<String> names) {}

  Included run(StepScope scope, Host host) {
    Unit unit = scope.unit();
    Settings settings = scope.settings();
    HostVariables variables = scope.variables(host);
    List<Frame> frames = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<Problem> lacks = new ArrayList<>();
    try {
      Optional<Loop> loop =
          unit.step() instanceof Step.IncludeTasks tasks
              ? tasks.loop()
              : ((Step.IncludeRole) unit.step()).loop();
      List<Map<String, Object>> rounds = new ArrayList<>();
      LoopControl control = LoopControl.of(settings, variables);
      if (loop.isPresent()) {
        Optional<List<?>> found = items(loop.get(), settings, variables);
        if (found.isEmpty()) {
          return new Included(
              result(TaskResult.Status.SKIPPED, false, "", Optional.empty()),
              1,
              List.of(),
              List.of());
        }
        List<?> items = found.get();
        for (int i = 0; i < items.size(); i++) {
          rounds.add(control.variables(items, i));
        }
      } else {
        rounds.add(Map.of());
      }
      for (Map<String, Object> round : rounds) {
        HostVariables seen = variables.with(Layer.data("the loop", round));
        Evaluation evaluation = new Evaluation(settings, seen, running.templates());
        Optional<Expression> refused = evaluation.failingCondition(Keyword.WHEN);
        if (refused.isEmpty()) {
          if (loop.isPresent()) {
            control.label(seen, round.get(control.variable())); // one that can't be is a failure
          }
          try {
            include(unit, round, seen, frames, names);
          } catch (Lack e) {
            lacks.add(e.problem);
          }
        }
      }
      if (!lacks.isEmpty()) {
        return failed(lacks, ignores(settings, variables));
      }
    } catch (EvaluationFailed e) {
      return failed(List.of(e.problem()), ignores(settings, variables));
    }
    TaskResult.Status status = frames.isEmpty() ? TaskResult.Status.SKIPPED : TaskResult.Status.OK;
    int counted = frames.isEmpty() ? 1 : frames.size();
    return new Included(result(status, false, "", Optional.empty()), counted, frames, names);
  }

  /// The items of a loop; nothing when they are undefined and not wanted anyway.
  private Optional<List<?>> items(Loop loop, Settings settings, HostVariables variables) {
    try {
      return Optional.of(LoopItems.of(loop, variables, running.templates()));
    } catch (EvaluationFailed e) {
      Evaluation evaluation = new Evaluation(settings, variables, running.templates());
      if (e.problem().id().equals("undefined-variable")
          && evaluation.failingCondition(Keyword.WHEN).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean ignores(Settings settings, HostVariables variables) {
    return new Evaluation(settings, variables, running.templates()).truth(Keyword.IGNORE_ERRORS);
  }

  /// There is nothing to include for an item; the others are tried all the same.
  private static final class Lack extends RuntimeException {
    private final transient Problem problem;

    Lack(Problem problem) {
      super(problem.title(), null, false, false);
      this.problem = problem;
    }
  }

  private void include(
      Unit unit,
      Map<String, Object> round,
      HostVariables variables,
      List<Frame> frames,
      List<String> names) {
    Map<String, Object> parameters = new LinkedHashMap<>(round);
    parameters.putAll(unit.step().settings().map(Keyword.VARS));
    switch (unit.step()) {
      case Step.IncludeTasks include -> {
        String name = text(include.file(), variables);
        List<Step> steps = tasks(unit, include, name);
        frames.add(Frame.plain(steps, unit.context().inside(include.apply()).with(parameters)));
        names.add(name);
      }
      case Step.IncludeRole include -> {
        RoleUse use = include.use().rendered(name -> fileOf(name, variables));
        Role role = role(unit, use);
        StepContext inside =
            unit.context().with(parameters).inside(role, include.apply(), use.parameters());
        plan.includeRole(role, inside, use.visible());
        Object key = HostCursor.callKey(role, parameters, include.apply());
        frames.add(Frame.includedRole(role, inside, key, !use.allowDuplicates()));
        names.add(role.name());
      }
      default -> throw new IllegalStateException("no include");
    }
  }

  private List<Step> tasks(Unit unit, Step.IncludeTasks include, String name) {
    Optional<Path> role = unit.context().role().map(Role::folder);
    Path folder = Destination.folderOf(include.at());
    Place place = unit.handler() ? Place.HANDLER : Place.TASK;
    List<Object> key = List.of("tasks", name, place, folder, role);
    Optional<List<Step>> steps =
        plan.once(
            key,
            () -> {
              synchronized (running.loader()) {
                return running
                    .loader()
                    .includedTasks(
                        name, place, include.at(), role, folder, unit.context().playbook());
              }
            });
    complain();
    return steps.orElseThrow(
        () ->
            new Lack(
                Problem.of(
                        "missing-file", include.at(), "there is no file `" + name + "` to include")
                    .note("looked in " + folder)));
  }

  private Role role(Unit unit, RoleUse use) {
    Optional<Path> from = unit.context().role().map(Role::folder);
    Optional<Role> role =
        plan.once(
            List.of("role", use, from),
            () -> {
              synchronized (running.loader()) {
                return running.loader().includedRole(use, unit.context().playbook(), from);
              }
            });
    complain();
    return role.orElseThrow(
        () ->
            new Lack(
                Problem.of("unknown-role", use.at(), "there is no role `" + use.name() + "`")));
  }

  /// Problems in what was just read end the run: a playbook that can't be read isn't a host's
  /// failure. That there is nothing to read is one.
  private void complain() {
    synchronized (running.loader()) {
      if (!running.loadProblems().hasErrors()) {
        return;
      }
      List<Problem> found = running.loadProblems().drain();
      Problem first = found.stream().filter(Problem::isError).findFirst().orElseThrow();
      if (first.id().equals("unknown-role") || first.id().equals("missing-file")) {
        throw new Lack(first);
      }
      throw new ProblemsFound(found);
    }
  }

  /// The name of a role or of one of its files; `main` when a template leaves it open.
  private static Object fileOf(Object written, HostVariables variables) {
    if (!(written instanceof Template)) {
      return written;
    }
    Object value = variables.resolve(written);
    return value == null || value == Omit.OMIT ? "main" : Evaluation.textOf(value);
  }

  private static String text(Object written, HostVariables variables) {
    return written instanceof Template
        ? Evaluation.textOf(variables.resolve(written))
        : written.toString();
  }

  private static Included failed(List<Problem> problems, boolean ignored) {
    Problem first = problems.getFirst();
    TaskResult result =
        result(TaskResult.Status.FAILED, ignored, first.title(), Optional.of(first));
    return new Included(result, problems.size(), List.of(), List.of());
  }

  private static TaskResult result(
      TaskResult.Status status, boolean ignored, String why, Optional<Problem> problem) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("changed", false);
    values.put("failed", status == TaskResult.Status.FAILED);
    if (status == TaskResult.Status.SKIPPED) {
      values.put("skipped", true);
      values.put("skip_reason", "Conditional result was False");
    }
    problem.ifPresent(cause -> values.put("reason", cause.title()));
    return new TaskResult(
        status, ignored, why, problem, values, TaskResult.Report.NONE, Duration.ZERO);
  }
}
