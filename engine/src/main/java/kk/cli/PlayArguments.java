package kk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options of commands that run a playbook.
final class PlayArguments {
  @Option(names = "--check", description = "change nothing, tell what would be changed")
  boolean check;

  @Option(names = "--diff", description = "show before and after of what changes")
  boolean diff;

  @Option(
      names = {"-t", "--tags"},
      paramLabel = "TAGS",
      split = ",",
      description = "run only tasks with one of these tags")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--skip-tags",
      paramLabel = "TAGS",
      split = ",",
      description = "leave out tasks with one of these tags")
  List<String> skipTags = new ArrayList<>();

  @Option(
      names = {"-l", "--limit"},
      paramLabel = "PATTERN",
      description = "work only on these hosts; @FILE has one on each line")
  List<String> limit = new ArrayList<>();

  @Option(
      names = {"-f", "--forks"},
      paramLabel = "N",
      description = "how many hosts at once, 50 by default")
  int forks = 50;

  @Option(
      names = {"--start-at", "--start-at-task"},
      paramLabel = "TASK",
      description = "begin with the task of this name")
  Optional<String> startAt = Optional.empty();

  @Option(names = "--step", description = "ask before each task")
  boolean step;

  @Option(names = "--list-hosts", description = "tell which hosts each play has; run nothing")
  boolean listHosts;

  @Option(names = "--list-tasks", description = "tell which tasks would run; run nothing")
  boolean listTasks;

  @Option(names = "--list-tags", description = "tell which tags there are; run nothing")
  boolean listTags;

  @Option(names = "--syntax-check", description = "find mistakes in the files; run nothing")
  boolean syntaxCheck;

  @Option(
      names = "--retry-file",
      paramLabel = "FILE",
      description = "write the hosts that were lost to a file, for --limit @FILE")
  Optional<Path> retryFile = Optional.empty();

  @Option(
      names = "--known-hosts",
      paramLabel = "FILE",
      description = "known host keys, ~/.ssh/known_hosts by default")
  Path knownHosts = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description = "how long tasks may go on after Ctrl-C, 10 by default")
  int grace = 10;

  @Option(
      names = {"-K", "--ask-become-pass"},
      description = "ask for the password of sudo or su")
  boolean asksBecomePassword;

  @Option(
      names = "--become-password-file",
      paramLabel = "FILE",
      description = "file with the password of sudo or su")
  Optional<Path> becomePasswordFile = Optional.empty();

  @Option(names = "--output", paramLabel = "FORM", description = "auto, plain or json")
  String output = "auto";
}
