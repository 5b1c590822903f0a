package kk.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The options of commands that run a playbook.
final class PlayArguments implements Syntax.Arguments {
  boolean check;
  boolean diff;
  List<String> tags = new ArrayList<>();
  List<String> skipTags = new ArrayList<>();
  List<String> limit = new ArrayList<>();
  int forks = 50;
  Optional<String> startAt = Optional.empty();
  boolean step;
  boolean listHosts;
  boolean listTasks;
  boolean listTags;
  boolean syntaxCheck;
  Optional<Path> retryFile = Optional.empty();
  Path knownHosts = Path.of(System.getProperty("user.home"), ".ssh", "known_hosts");
  int grace = 10;
  boolean asksBecomePassword;
  Optional<Path> becomePasswordFile = Optional.empty();
  String output = "auto";

  @Override
  public void describe(Syntax syntax) {
    syntax
        .flag("--check", "change nothing, tell what would be changed", () -> check = true)
        .flag("--diff", "show before and after of what changes", () -> diff = true)
        .split(
            "-t, --tags", "TAGS", "run only tasks with one of these tags", values -> tags = values)
        .split(
            "--skip-tags",
            "TAGS",
            "leave out tasks with one of these tags",
            values -> skipTags = values)
        .texts(
            "-l, --limit",
            "PATTERN",
            "work only on these hosts; @FILE has one on each line",
            values -> limit = values)
        .option(
            "-f, --forks",
            "N",
            "how many hosts at once, 50 by default",
            Integer.class,
            value -> forks = value)
        .text(
            "--start-at, --start-at-task",
            "TASK",
            "begin with the task of this name",
            value -> startAt = Optional.of(value))
        .flag("--step", "ask before each task", () -> step = true)
        .flag("--list-hosts", "tell which hosts each play has; run nothing", () -> listHosts = true)
        .flag("--list-tasks", "tell which tasks would run; run nothing", () -> listTasks = true)
        .flag("--list-tags", "tell which tags there are; run nothing", () -> listTags = true)
        .flag("--syntax-check", "find mistakes in the files; run nothing", () -> syntaxCheck = true)
        .option(
            "--retry-file",
            "FILE",
            "write the hosts that were lost to a file, for --limit @FILE",
            Path.class,
            value -> retryFile = Optional.of(value))
        .option(
            "--known-hosts",
            "FILE",
            "known host keys, ~/.ssh/known_hosts by default",
            Path.class,
            value -> knownHosts = value)
        .option(
            "--grace",
            "SECONDS",
            "how long tasks may go on after Ctrl-C, 10 by default",
            Integer.class,
            value -> grace = value)
        .flag(
            "-K, --ask-become-pass",
            "ask for the password of sudo or su",
            () -> asksBecomePassword = true)
        .option(
            "--become-password-file",
            "FILE",
            "file with the password of sudo or su",
            Path.class,
            value -> becomePasswordFile = Optional.of(value))
        .text("--output", "FORM", "auto, plain or json", value -> output = value);
  }
}
