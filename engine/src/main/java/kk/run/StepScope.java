package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.Settings;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.VariableStore;

/// A step as the hosts of a batch meet it: what is the same for all of them is put together once.
///
/// @param settings the step's keywords with those that it inherits
/// @param context what the play adds to the variables of a host there
/// @param environment the step's own `environment`, as a variable
record StepScope(
    Batch batch,
    Unit unit,
    Settings settings,
    VariableStore.Context context,
    Optional<Layer> environment) {

  static StepScope of(Batch batch, Unit unit) {
    return new StepScope(
        batch,
        unit,
        unit.context().effective(unit.step().settings()),
        batch.plan().variables().at(unit, batch.running(), batch.hosts()),
        environment(unit));
  }

  /// The step as one of the hosts meets it. They mostly inherit the same; but an include may have
  /// come to each with parameters of its own.
  StepScope of(HostCursor cursor) {
    Unit reached = cursor.reached();
    return reached.context().equals(unit.context()) ? this : of(batch, reached);
  }

  /// What the task's own `environment` says may be asked for too. Its values are templates yet.
  private static Optional<Layer> environment(Unit unit) {
    List<Object> values = new ArrayList<>(unit.context().settings().list(Keyword.ENVIRONMENT));
    values.addAll(unit.step().settings().list(Keyword.ENVIRONMENT));
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(Layer.trusted("environment", Map.of("environment", values)));
  }

  /// The variables of a host at the step, as they are now.
  HostVariables variables(Host host) {
    VariableStore store = batch.running().variables();
    VarsFiles varsFiles = batch.plan().variables().varsFiles();
    List<Layer> files = varsFiles.of(() -> store.view(host, context.ofThePlay()));
    HostVariables view = store.view(host, files.isEmpty() ? context : context.with(files));
    return environment.map(view::with).orElse(view);
  }

  /// The values of the step's keywords with some variables of a host.
  Evaluation evaluation(HostVariables variables) {
    return new Evaluation(settings, variables, batch.running().templates());
  }
}
