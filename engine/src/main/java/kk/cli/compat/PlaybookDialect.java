package kk.cli.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command line of `ansible-playbook`.
@Command(name = "run", sortOptions = false)
final class PlaybookDialect {
  @Mixin CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..*")
  List<String> playbooks = new ArrayList<>();

  @Option(names = {"-t", "--tags"})
  List<String> tags = new ArrayList<>();

  @Option(names = "--skip-tags")
  List<String> skipTags = new ArrayList<>();

  @Option(names = "--start-at-task")
  Optional<String> startAt = Optional.empty();

  @Option(names = "--syntax-check")
  boolean syntaxCheck;

  @Option(names = "--list-tasks")
  boolean listTasks;

  @Option(names = "--step")
  boolean step;

  @Option(names = "--list-tags")
  boolean listTags;

  @Option(names = "--force-handlers")
  boolean forceHandlers;

  @Option(names = "--flush-cache")
  boolean flushCache;
}
