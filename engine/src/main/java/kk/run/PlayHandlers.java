package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import kk.playbook.Keyword;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;

/// The handlers of a play, of its roles and of roles that it includes, in the order in which they
/// run.
final class PlayHandlers {
  private final HostVariables ofThePlay;
  private final List<Handler> handlers = new CopyOnWriteArrayList<>();

  /// Handlers whose names can't be told, which was said already.
  private final Set<Step> unusable = ConcurrentHashMap.newKeySet();

  private int sections;

  /// @param ofThePlay variables that names of handlers may use
  PlayHandlers(HostVariables ofThePlay) {
    this.ofThePlay = ofThePlay;
  }

  List<Handler> all() {
    return handlers;
  }

  /// Adds a list of handlers: a role's or the play's own.
  void addAll(List<Step> list, StepContext at) {
    sections++;
    list.forEach(step -> add(step, at));
  }

  /// Adds a handler; the handlers of an imported file count one by one. One that is there already,
  /// because its role was included before, from now on inherits from the later include.
  private void add(Step step, StepContext at) {
    if (step instanceof Step.Block imported) {
      StepContext inside = at.inside(imported.settings());
      imported.body().forEach(inner -> add(inner, inside));
      return;
    }
    for (int i = 0; i < handlers.size(); i++) {
      if (isSame(handlers.get(i).step(), step)) {
        handlers.set(i, new Handler(step, at, handlers.get(i).section()));
        return;
      }
    }
    handlers.add(new Handler(step, at, sections));
  }

  /// Whether two steps are the same one, perhaps read twice because its role was.
  private static boolean isSame(Step one, Step other) {
    return one == other || one.at().equals(other.at());
  }

  /// The places of the handlers that a task notifies by a name.
  ///
  /// @throws ProblemsFound when there are none and that counts as an error
  List<Integer> notifiedBy(Running running, String name, Step.Task task) {
    List<Integer> found = Handler.notifiedBy(name, handlers, handler -> name(running, handler));
    if (found.isEmpty() && running.options().defaults().missingHandlerFails()) {
      throw new ProblemsFound(
          Problem.of("unknown-handler", task.at(), "there is no handler `" + name + "`")
              .note("task \"" + task.name() + "\" notifies it")
              .suggest(
                  name,
                  handlers.stream().flatMap(h -> h.names(name(running, h)).stream()).toList()));
    }
    if (found.isEmpty()) {
      running.events().accept(new RunEvent.Warned("there is no handler `" + name + "`"));
    }
    return found;
  }

  /// A handler's name, which may be a template that needs nothing of a host; nothing when it does.
  Optional<String> name(Running running, Handler handler) {
    String written = handler.step().name();
    if (!Template.isIn(written)) {
      return Optional.of(written);
    }
    Settings.Setting name = handler.step().settings().find(Keyword.NAME).orElseThrow();
    HostVariables variables = ofThePlay;
    List<Layer> roleLayers = new ArrayList<>();
    handler.context().role().ifPresent(role -> PlayVariables.addRole(role, roleLayers, roleLayers));
    for (Layer layer : roleLayers) {
      variables = variables.with(layer);
    }
    try {
      return Optional.of(Evaluation.textOf(variables.resolve(name.value())));
    } catch (EvaluationFailed e) {
      boolean unheard = handler.step().settings().list(Keyword.LISTEN).isEmpty();
      if (unheard && unusable.add(handler.step())) {
        running
            .events()
            .accept(
                new RunEvent.Warned(
                    "Handler '"
                        + written
                        + "' is unusable because it has no listen topics and the name could not be"
                        + " templated (host-specific variables are not supported in handler names): "
                        + e.problem().title()));
      }
      return Optional.empty();
    }
  }
}
