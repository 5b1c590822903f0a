package kk.run;

import java.util.Map;
import java.util.Optional;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import kk.bind.BindingFailed;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.Step;
import kk.problem.Problem;
import kk.source.Span;
import kk.spi.Details;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.TimedOutException;
import kk.spi.UnreachableException;
import kk.template.EvaluationFailed;

/// Calls a task's module once: renders its arguments, binds them and runs it.
final class ModuleCaller {
  private final Running running;

  ModuleCaller(Running running) {
    this.running = running;
  }

  /// How a call went.
  ///
  /// @param problem what is wrong in the playbook, when that is why it failed
  record Called(Outcome outcome, Optional<Problem> problem) {
    static Called by(Outcome outcome) {
      return new Called(outcome, Optional.empty());
    }

    static Called refused(Problem problem) {
      return new Called(Outcome.failed(problem.title()), Optional.of(problem));
    }
  }

  /// Calls the task's module. What it is called with has to be known: an argument that can't be
  /// evaluated is no failure of the module, which would be an item's own.
  Called call(Step.Task task, Evaluation evaluation, RemoteHost remote)
      throws UnreachableException, InterruptedException {
    try {
      return callNamed(task, evaluation, remote);
    } catch (TimedOutException e) {
      return Called.by(
          new Outcome.Failed(
              "The "
                  + task.call().module()
                  + " action failed to execute in the expected time frame ("
                  + evaluation.text(Keyword.TIMEOUT).orElse("")
                  + ") and was terminated",
              Details.of(
                  "timedout", Map.of("period", evaluation.value(Keyword.TIMEOUT).orElse(0L)))));
    } catch (TaskFailed e) {
      return Called.by(Outcome.failed(String.valueOf(e.getMessage())));
    }
  }

  private Called callNamed(Step.Task task, Evaluation evaluation, RemoteHost remote)
      throws UnreachableException, InterruptedException {
    ModuleCall call = CallArguments.named(task.call(), evaluation.variables());
    Module<?> module =
        running
            .installed()
            .module(call.module())
            .orElseThrow(
                () ->
                    new EvaluationFailed(
                        Problem.of(
                                "unknown-module",
                                call.at(),
                                "there is no module `" + call.module() + "`")
                            .suggest(call.module(), running.installed().moduleNames())));
    return call(module, call, evaluation, remote);
  }

  private <A extends Record> Called call(
      Module<A> module, ModuleCall call, Evaluation evaluation, RemoteHost remote)
      throws UnreachableException, InterruptedException {
    ArgumentSchema<A> schema = running.installed().schema(module);
    Map<String, Object> given = CallArguments.rendered(schema, call, evaluation);
    remote.calledWith(new Invocation(schema, given));
    try {
      A arguments = ArgumentBinder.bind(schema, given);
      return Called.by(
          remote.way() instanceof Way.Background background
              ? inBackground(module, arguments, remote, background)
              : module.run(arguments, remote));
    } catch (BindingFailed e) {
      Span at =
          e.argument().map(call.arguments()::get).map(ModuleCall.Argument::at).orElse(call.at());
      return Called.refused(Problem.of("wrong-argument", at, String.valueOf(e.getMessage())));
    } catch (EvaluationFailed e) {
      return Called.refused(e.problem());
    }
  }

  private <A extends Record> Outcome inBackground(
      Module<A> module, A arguments, RemoteHost remote, Way.Background background)
      throws UnreachableException, InterruptedException {
    if (remote.checking()) {
      throw new TaskFailed("check mode and async cannot be used on same task.");
    }
    try {
      Outcome outcome = module.run(arguments, remote);
      return background.left().isPresent()
          ? outcome
          : Outcome.failed("async is not supported for this task.");
    } catch (LeftAlone e) {
      running
          .jobs()
          .add(
              background.left().orElseThrow().job(),
              result -> module.run(arguments, remote.answering(result)));
      return Outcome.changed();
    }
  }
}
