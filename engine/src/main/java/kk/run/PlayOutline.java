package kk.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.inventory.Host;
import kk.inventory.HostPattern;
import kk.inventory.Inventory;
import kk.playbook.Keyword;
import kk.playbook.Play;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.template.EvaluationFailed;
import kk.template.Templates;
import kk.variables.HostVariables;
import kk.variables.Layer;
import kk.variables.VariableStore;

/// What a play would do, as far as that is known without running it: what includes bring isn't.
///
/// @param name the play's name
/// @param patterns of its hosts
/// @param tags its own
/// @param hosts that the patterns and `--limit` leave
/// @param entries its tasks that the tags select, in order
public record PlayOutline(
    String name, List<String> patterns, List<String> tags, List<Host> hosts, List<Entry> entries) {

  /// One task.
  ///
  /// @param name as shown, with its role in front
  public record Entry(String name, List<String> tags) {}

  public static PlayOutline of(
      Play play, VariableStore variables, Templates templates, RunOptions options) {
    Inventory inventory = variables.inventory();
    HostVariables view =
        variables.view(
            inventory.find(Inventory.LOCALHOST).orElseThrow(),
            new VariableStore.Context(
                List.of(),
                List.of(Layer.trusted("vars of the play", play.settings().map(Keyword.VARS))),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(play.folder())));
    Evaluation keywords = new Evaluation(play.settings(), view, templates);
    HostPattern patterns = new HostPattern(inventory);
    List<Host> hosts = new ArrayList<>(patterns.select(keywords.texts(Keyword.HOSTS)));
    if (!options.limit().isEmpty()) {
      hosts.retainAll(patterns.select(options.limit()));
    }
    List<Entry> entries = new ArrayList<>();
    Collector collector = new Collector(entries, view, templates, options);
    Settings inherited = Settings.NONE.below(play.settings());
    collector.collect(play.preTasks(), inherited, Optional.empty());
    collector.collect(play.roles(), inherited, Optional.empty());
    collector.collect(play.tasks(), inherited, Optional.empty());
    collector.collect(play.postTasks(), inherited, Optional.empty());
    return new PlayOutline(
        keywords.text(Keyword.NAME).orElse(play.name()),
        keywords.texts(Keyword.HOSTS),
        keywords.texts(Keyword.TAGS),
        hosts,
        entries);
  }

  /// Walks through steps and notes the tasks.
  private record Collector(
      List<Entry> entries, HostVariables view, Templates templates, RunOptions options) {

    void collect(List<? extends Step> steps, Settings around, Optional<String> role) {
      for (Step step : steps) {
        Settings here = around.below(step.settings());
        switch (step) {
          case Step.Block block -> {
            collect(block.body(), here, role);
            collect(block.rescue(), here, role);
            collect(block.always(), here, role);
          }
          case Step.UseRole use -> {
            collect(use.role().dependencies(), here, role);
            collect(use.role().steps(), here, Optional.of(use.role().name()));
          }
          case Step.Task task -> note(task, here, role);
          case Step.IncludeTasks include -> note(include, here, role);
          case Step.IncludeRole include -> note(include, here, role);
          case Step.Meta meta -> note(meta, here, role);
        }
      }
    }

    private void note(Step step, Settings settings, Optional<String> role) {
      List<String> tags;
      try {
        tags = new Evaluation(settings, view, templates).texts(Keyword.TAGS);
      } catch (EvaluationFailed e) {
        tags = List.of();
      }
      if (new TagSelection(options.tags(), options.skipTags()).selects(tags)) {
        entries.add(new Entry(role.map(in -> in + " : ").orElse("") + step.name(), tags));
      }
    }
  }
}
