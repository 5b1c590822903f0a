package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import kk.docs.Entry;
import kk.docs.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// The examples of the manual do what the manual says. `docs/README.md` tells how they are marked.
class DocsTest {
  private static final Path DOCS = Home.find().folder().resolve("docs");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern ASSIGNED = Pattern.compile("(?:^|,)([A-Za-z_][\\w.]*)=");

  private static final Reference REFERENCE =
      new Reference(
          new Terminal(new PrintStream(PrintStream.nullOutputStream()), System.err, false),
          Home.find());

  /// Folder of the programs that the examples call: `kk` alone.
  private static final Path PROGRAMS = Path.of("target", "docs-test").toAbsolutePath();

  @BeforeAll
  static void installKk() throws IOException {
    Files.createDirectories(PROGRAMS);
    Path kk = PROGRAMS.resolve("kk");
    Files.writeString(
        kk,
        """
        #!/bin/sh
        exec '%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
          --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \\
          -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 \\
          -Duser.home="$HOME" -Dkk.home='%s' -cp '%s:classes:builtin-modules/src/main/resources' kk.cli.Main "$@"
        """
            .formatted(
                System.getProperty("java.home"),
                Home.find().folder(),
                System.getProperty("java.class.path")));
    Files.setPosixFilePermissions(kk, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .map(DOCS::relativize)
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void examplesDoWhatThePageSays(Path name) throws Exception {
    Path folder = emptyFolder(name.toString().replace('/', '-'));
    Files.createSymbolicLink(folder.resolve("kk"), Home.find().folder());
    List<String> playbooks = new ArrayList<>();
    for (DocPage.Block block : DocPage.read(DOCS.resolve(name)).blocks()) {
      String where = "docs/" + name + ":" + block.line() + " ";
      if (block.title().isPresent()) {
        Path file = folder.resolve(block.title().get());
        Files.createDirectories(file.getParent());
        Files.writeString(file, block.text());
        if (block.language().equals("java")) {
          compile(file, folder.resolve("classes"), where);
        }
        if (block.language().equals("yaml") && isPlaybook(block)) {
          if (block.is("wrong")) {
            CommandRun run = say("kk lint " + block.title().get(), folder);
            assertEquals(ExitCode.INPUT.number(), run.exit(), where + run.output());
          } else {
            playbooks.add(block.title().get());
          }
        }
        continue;
      }
      assertFalse(
          List.of("yaml", "yml", "jinja", "java", "shell", "bash").contains(block.language()),
          where + "is an example that nothing checks: give it a title, or make it a console");
      if (block.language().equals("console")) {
        lintAll(playbooks, folder, where);
        for (DocPage.Dialogue dialogue : block.dialogues()) {
          if (block.is("lab")) {
            checkCommandLine(dialogue.command(), where);
          } else {
            run(dialogue, folder, where);
          }
        }
      }
    }
    lintAll(playbooks, folder, "docs/" + name + " ");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path name) throws IOException {
    Path file = DOCS.resolve(name);
    Matcher link = LINK.matcher(Files.readString(file));
    while (link.find()) {
      Path target = file.resolveSibling(link.group(1)).normalize();
      assertTrue(Files.exists(target), "docs/" + name + " links to " + link.group(1));
    }
  }

  private static void compile(Path file, Path into, String where) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    String[] arguments = {
      "-proc:none",
      "-Xlint:all",
      "-Werror",
      "-cp",
      classPath,
      "-d",
      into.toString(),
      file.toString()
    };
    assertEquals(0, compiler.run(null, said, said, arguments), where + said);
  }

  private static boolean isPlaybook(DocPage.Block block) {
    return block.text().startsWith("- ")
        && block.lines().stream()
            .anyMatch(line -> line.matches("(- |  )(hosts|import_playbook):.*"));
  }

  private static void lintAll(List<String> playbooks, Path folder, String where)
      throws IOException, InterruptedException {
    for (String playbook : playbooks) {
      CommandRun run = say("kk lint " + playbook, folder);
      assertEquals(ExitCode.DONE.number(), run.exit(), where + run.output());
    }
    playbooks.clear();
  }

  private static void run(DocPage.Dialogue dialogue, Path folder, String where)
      throws IOException, InterruptedException {
    String said = say(dialogue.command(), folder).output();
    if (!dialogue.expected().matcher(said).matches()) {
      String expected = String.join("\n", dialogue.output()) + "\n";
      assertEquals(expected, said, where + "$ " + dialogue.command());
    }
  }

  /// Runs a command in a page's folder as a user would.
  private static CommandRun say(String command, Path folder)
      throws IOException, InterruptedException {
    Path said = PROGRAMS.resolve("output");
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command);
    builder.environment().put("PATH", PROGRAMS + ":" + System.getenv("PATH"));
    builder.environment().put("HOME", PROGRAMS.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.directory(folder.toFile()).redirectErrorStream(true).redirectOutput(said.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      fail("doesn't come to an end: " + command);
    }
    String output = Files.readString(said).replace(folder.toString(), "/home/you/demo");
    return new CommandRun(
        process.exitValue(),
        output.lines().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining()));
  }

  private static Path emptyFolder(String name) throws IOException {
    Path folder = PROGRAMS.resolve(name);
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        for (Path each : old.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /// Checks what can be checked without hosts: the options there are, and the settings.
  private static void checkCommandLine(String command, String where) {
    for (String part : command.replace("\\\n", " ").split("[|;]|&&", -1)) {
      List<String> words = words(part);
      if (words.isEmpty() || !(words.getFirst().equals("kk") || words.getFirst().equals("./kk"))) {
        continue;
      }
      List<String> arguments = words.subList(1, words.size());
      PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
      try {
        Commands.create(new Terminal(nowhere, nowhere, false), Home.find())
            .parseArgs(arguments.toArray(String[]::new));
      } catch (CommandLine.ParameterException e) {
        fail(where + command + ": " + e.getMessage());
      }
      if (List.of("init", "precheck").contains(arguments.getFirst())) {
        checkSettings(arguments, where + command);
      }
    }
  }

  private static void checkSettings(List<String> arguments, String where) {
    List<String> known = REFERENCE.manual().of(Kind.SETTING).stream().map(Entry::name).toList();
    for (int i = 1; i < arguments.size(); i++) {
      if (!arguments.get(i - 1).equals("--set")) {
        continue;
      }
      Matcher assigned = ASSIGNED.matcher(arguments.get(i));
      while (assigned.find()) {
        String key = assigned.group(1) + ".";
        assertTrue(
            known.stream().anyMatch(setting -> key.startsWith(setting + ".")),
            where + ": there is no setting " + assigned.group(1));
      }
    }
  }

  /// The words of a command; quotes hold a word together.
  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(command);
    while (word.find()) {
      String found = word.group(1) != null ? word.group(1) : word.group(2);
      words.add(found != null ? found : word.group(3));
    }
    return words;
  }
}
