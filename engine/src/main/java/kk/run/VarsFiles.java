package kk.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import kk.playbook.Keyword;
import kk.playbook.Play;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.ProblemsFound;
import kk.template.EvaluationFailed;
import kk.variables.HostVariables;
import kk.variables.Layer;

/// The `vars_files` of a play. A file whose name is a template may be another one for each host. An
/// entry that is a list means the first of its files that there is.
final class VarsFiles {
  private final Running running;
  private final Play play;
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Path, Layer> read = new ConcurrentHashMap<>();

  /// An entry: the layer it came to, or what is written when that depends on the host.
  private record Entry(Object written, Optional<Layer> layer) {}

  /// Names that were rendered, and whether some could not be.
  private record Candidates(List<String> names, boolean complete) {}

  /// @param general what the play knows without a host
  VarsFiles(Running running, Play play, HostVariables general) {
    this.running = running;
    this.play = play;
    for (Object written : play.settings().list(Keyword.VARS_FILES)) {
      Candidates candidates = candidates(written, general);
      Optional<Layer> layer =
          candidates.complete() ? Optional.of(layer(candidates.names())) : Optional.empty();
      entries.add(new Entry(written, layer.filter(known -> !isTemplated(written))));
    }
  }

  private static boolean isTemplated(Object written) {
    return written instanceof List<?> several
        ? several.stream().anyMatch(Template.class::isInstance)
        : written instanceof Template;
  }

  /// The layers for one host.
  ///
  /// @param view what the host knows without them
  List<Layer> of(Supplier<HostVariables> view) {
    List<Layer> layers = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry.layer().isPresent()) {
        layers.add(entry.layer().get());
        continue;
      }
      List<String> names = candidates(entry.written(), view.get()).names();
      if (!names.isEmpty()) {
        layers.add(layer(names));
      }
    }
    return layers;
  }

  private static Candidates candidates(Object entry, HostVariables variables) {
    List<String> names = new ArrayList<>();
    boolean complete = true;
    for (Object raw : entry instanceof List<?> several ? several : List.of(entry)) {
      try {
        Object value = variables.resolve(raw);
        if (value instanceof List<?> list) {
          list.forEach(name -> names.add(String.valueOf(name)));
        } else {
          names.add(String.valueOf(value));
        }
      } catch (EvaluationFailed e) {
        if (!e.problem().id().equals("undefined-variable")) {
          throw e;
        }
        complete = false;
      }
    }
    return new Candidates(names, complete);
  }

  private Layer layer(List<String> names) {
    Path file =
        names.stream()
            .flatMap(
                name ->
                    Stream.of(
                        play.folder().resolve("vars").resolve(name), play.folder().resolve(name)))
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new ProblemsFound(
                        Problem.of(
                            "missing-file",
                            play.settings().find(Keyword.VARS_FILES).orElseThrow().at(),
                            "there is no file `" + names.getFirst() + "` with variables")));
    return read.computeIfAbsent(file, this::read);
  }

  private Layer read(Path file) {
    synchronized (running.loader()) {
      Layer layer = Layer.trusted("vars_files " + file, running.loader().variables(file));
      if (running.loadProblems().hasErrors()) {
        throw new ProblemsFound(running.loadProblems().sorted());
      }
      return layer;
    }
  }
}
