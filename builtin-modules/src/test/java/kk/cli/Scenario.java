package kk.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder with a playbook and what has to come out of it. In the folder:
///
/// - `playbook.yaml` what the user would write; without it `arguments` is the whole command line
/// - `inventory.yaml` hosts; without it the folder above has one with three hosts
/// - `arguments` further arguments, one a line; `@FOLDER@` in them is the folder
/// - `expected.out` every line of the plain output, then `exit N`
/// - `oracle` the same playbook's totals and files under Ansible, when it has to mean the same
///   there
/// - `unordered` is there when the order of the lines is left to chance
///
/// Playbooks find a folder for what they write in the variable `tmp`.
record Scenario(Path folder) {
  private static final Path ALL =
      Path.of(System.getProperty("kk.home"), "builtin-modules/src/test/resources/scenarios");
  private static final Pattern RECAP =
      Pattern.compile(
          "  (\\S+) +ok (\\d+) +changed (\\d+) +failed (\\d+) +unreachable (\\d+) +skipped (\\d+)"
              + " +rescued (\\d+) +ignored (\\d+)");

  /// What a run came to.
  ///
  /// @param text all that was told, with times and paths replaced
  /// @param files what the playbook has written, by name below `tmp`
  record Result(String text, Map<String, String> files) {

    /// Totals by host in the words that the oracle uses too.
    String recap() {
      StringBuilder recap = new StringBuilder();
      Matcher line = RECAP.matcher(text);
      while (line.find()) {
        recap.append(
            "%s ok=%s changed=%s unreachable=%s failed=%s skipped=%s rescued=%s ignored=%s%n"
                .formatted(
                    line.group(1),
                    line.group(2),
                    line.group(3),
                    line.group(5),
                    line.group(4),
                    line.group(6),
                    line.group(7),
                    line.group(8)));
      }
      return recap.toString();
    }
  }

  static List<Scenario> all() throws IOException {
    try (Stream<Path> folders = Files.list(ALL)) {
      return folders.filter(Files::isDirectory).sorted().map(Scenario::new).toList();
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  boolean hasOracle() {
    return Files.exists(file("oracle"));
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  Path inventory() {
    Path own = file("inventory.yaml");
    return Files.exists(own) ? own : ALL.resolve("inventory.yaml");
  }

  List<String> arguments() throws IOException {
    return Files.exists(file("arguments")) ? Files.readAllLines(file("arguments")) : List.of();
  }

  /// Runs it in this process.
  Result run(Path tmp) throws IOException {
    List<String> line = new ArrayList<>();
    if (Files.exists(file("playbook.yaml"))) {
      line.addAll(List.of("run", file("playbook.yaml").toString(), "-i", inventory().toString()));
      line.addAll(List.of("--set-string", "tmp=" + tmp, "--known-hosts", tmp + "/known_hosts"));
      if (!arguments().contains("--output")) {
        line.addAll(List.of("--output", "plain"));
      }
    }
    arguments().forEach(word -> line.add(word.replace("@FOLDER@", folder.toString())));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(told, true, StandardCharsets.UTF_8);
    int exit =
        Main.run(new Terminal(stream, stream, false), Home.find(), line.toArray(String[]::new));
    String text = told.toString(StandardCharsets.UTF_8) + "exit " + exit + "\n";
    text = replaced(text, tmp).replaceAll("\\d+\\.\\d s\\b", "…");
    text = text.replaceAll("\"milliseconds\":\\d+", "\"milliseconds\":0");
    return new Result(Files.exists(file("unordered")) ? sorted(text) : text, written(tmp));
  }

  private static String sorted(String text) {
    return String.join("\n", text.lines().sorted().toList()) + "\n";
  }

  /// A text without the paths that differ from machine to machine.
  String replaced(String text, Path tmp) {
    Path here = Path.of("").toAbsolutePath();
    String below = folder.startsWith(here) ? here.relativize(folder) + "/" : folder + "/";
    return text.replace(tmp.toString(), "TMP")
        .replace(folder + "/", "")
        .replace(below, "")
        .replace(folder.toString(), "PLAYBOOK_DIR")
        .replace((ALL.startsWith(here) ? here.relativize(ALL) : ALL).toString(), "SCENARIOS")
        .replace(System.getProperty("kk.home"), "HOME");
  }

  /// What a playbook has left below `tmp`.
  Map<String, String> written(Path tmp) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(tmp)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> files.put(tmp.relativize(file).toString(), content(file, tmp)));
    }
    return files;
  }

  private String content(Path file, Path tmp) {
    try {
      return replaced(Files.readString(file), tmp);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Totals and files as the file `oracle` keeps them.
  static String oracleText(String recap, Map<String, String> files) {
    StringBuilder text = new StringBuilder(recap);
    files.forEach(
        (name, content) -> {
          text.append("file ").append(name).append('\n');
          content.lines().forEach(line -> text.append("  ").append(line).append('\n'));
        });
    return text.toString();
  }
}
