package kk.cli.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kk.cli.Syntax;

/// The command line of `ansible-playbook`.
final class PlaybookDialect implements Syntax.Arguments {
  final CommonOptions common = new CommonOptions();
  List<String> playbooks = new ArrayList<>();
  List<String> tags = new ArrayList<>();
  List<String> skipTags = new ArrayList<>();
  Optional<String> startAt = Optional.empty();
  boolean syntaxCheck;
  boolean listTasks;
  boolean step;
  boolean listTags;
  boolean forceHandlers;
  boolean flushCache;

  @Override
  public void describe(Syntax syntax) {
    syntax
        .with(common)
        .words("", "", "0..*", String.class, values -> playbooks = values)
        .texts("-t, --tags", "", "", values -> tags = values)
        .texts("--skip-tags", "", "", values -> skipTags = values)
        .text("--start-at-task", "", "", value -> startAt = Optional.of(value))
        .flag("--syntax-check", "", () -> syntaxCheck = true)
        .flag("--list-tasks", "", () -> listTasks = true)
        .flag("--step", "", () -> step = true)
        .flag("--list-tags", "", () -> listTags = true)
        .flag("--force-handlers", "", () -> forceHandlers = true)
        .flag("--flush-cache", "", () -> flushCache = true);
  }
}
