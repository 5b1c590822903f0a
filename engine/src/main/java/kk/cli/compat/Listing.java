package kk.cli.compat;

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
import kk.variables.VariableStore;

/// What `--list-hosts`, `--list-tasks`, `--list-tags` and `--syntax-check` show.
final class Listing {
  private final Session session;
  private final VariableStore variables;
  private final RunOptions options;

  Listing(Session session, VariableStore variables, RunOptions options) {
    this.session = session;
    this.variables = variables;
    this.options = options;
  }

  void show(String name, Playbook playbook, PlaybookDialect dialect) {
    PrintStream out = session.out();
    out.println("\nplaybook: " + name);
    if (dialect.syntaxCheck) {
      return;
    }
    int number = 0;
    for (Play play : playbook.plays()) {
      number++;
      PlayOutline outline = PlayOutline.of(play, variables, session.templates(), options);
      out.println(
          "\n  play #%d (%s): %s\tTAGS: [%s]"
              .formatted(
                  number,
                  String.join(",", outline.patterns()),
                  outline.name(),
                  String.join(",", outline.tags())));
      if (dialect.common.listHosts) {
        out.println(
            "    pattern: "
                + outline.patterns().stream().collect(Collectors.joining("', '", "['", "']"))
                + "\n    hosts ("
                + outline.hosts().size()
                + "):");
        outline.hosts().stream().map(Host::name).forEach(host -> out.println("      " + host));
      }
      SortedSet<String> tags = new TreeSet<>(outline.tags());
      if (dialect.listTasks) {
        out.println("    tasks:");
      }
      for (PlayOutline.Entry entry : outline.entries()) {
        tags.addAll(entry.tags());
        if (dialect.listTasks) {
          List<String> sorted = new TreeSet<>(entry.tags()).stream().toList();
          out.println("      " + entry.name() + "\tTAGS: [" + String.join(", ", sorted) + "]");
        }
      }
      if (dialect.listTags) {
        out.println("      TASK TAGS: [" + String.join(", ", tags) + "]");
      }
      if (dialect.listTasks || dialect.listTags) {
        out.println();
      }
    }
  }
}
