package kk.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import kk.inventory.Host;
import kk.playbook.Play;
import kk.playbook.Playbook;
import kk.run.PlayOutline;
import kk.run.RunOptions;
import kk.template.Templates;
import kk.variables.VariableStore;

/// Tells what a playbook would do instead of doing it.
public final class Listing {
  /// What is wanted: `--list-hosts`, `--list-tasks`, `--list-tags`, `--syntax-check`.
  public record Wanted(boolean hosts, boolean tasks, boolean tags, boolean syntax) {
    public boolean any() {
      return hosts || tasks || tags || syntax;
    }
  }

  private final PrintStream out;
  private final Templates templates;
  private final VariableStore variables;
  private final RunOptions options;

  public Listing(
      PrintStream out, Templates templates, VariableStore variables, RunOptions options) {
    this.out = out;
    this.templates = templates;
    this.variables = variables;
    this.options = options;
  }

  /// Tells about a playbook that has been loaded without problems.
  public void show(String name, Playbook playbook, Wanted wanted) {
    out.println("\nplaybook: " + name);
    if (wanted.syntax()) {
      return;
    }
    int number = 0;
    for (Play play : playbook.plays()) {
      number++;
      PlayOutline outline = PlayOutline.of(play, variables, templates, options);
      out.println(
          "\n  play #%d (%s): %s\tTAGS: [%s]"
              .formatted(
                  number,
                  String.join(",", outline.patterns()),
                  outline.name(),
                  String.join(",", outline.tags())));
      if (wanted.hosts()) {
        out.println(
            "    pattern: "
                + outline.patterns().stream().collect(Collectors.joining("', '", "['", "']"))
                + "\n    hosts ("
                + outline.hosts().size()
                + "):");
        outline.hosts().stream().map(Host::name).forEach(host -> out.println("      " + host));
      }
      SortedSet<String> tags = new TreeSet<>(outline.tags());
      if (wanted.tasks()) {
        out.println("    tasks:");
      }
      for (PlayOutline.Entry entry : outline.entries()) {
        tags.addAll(entry.tags());
        if (wanted.tasks()) {
          List<String> sorted = new TreeSet<>(entry.tags()).stream().toList();
          out.println("      " + entry.name() + "\tTAGS: [" + String.join(", ", sorted) + "]");
        }
      }
      if (wanted.tags()) {
        out.println("      TASK TAGS: [" + String.join(", ", tags) + "]");
      }
    }
  }
}
