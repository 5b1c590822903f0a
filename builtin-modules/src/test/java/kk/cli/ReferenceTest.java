package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import kk.docs.Entry;
import kk.docs.Kind;
import kk.docs.Manual;
import org.junit.jupiter.api.Test;

/// The committed reference says what the code says, and `kk doc` says the same.
class ReferenceTest {
  private static final Path FOLDER = Home.find().folder().resolve("docs").resolve("reference");
  private static final Reference REFERENCE =
      new Reference(
          new Terminal(new PrintStream(PrintStream.nullOutputStream()), System.err, false),
          Home.find());
  private static final Manual MANUAL = REFERENCE.manual();

  @Test
  void pagesAreUpToDate() throws IOException {
    Map<String, String> pages = REFERENCE.pages();
    if (System.getProperty("golden", "").equals("update")) {
      assertEquals(0, CommandRun.of("doc", "--pages", FOLDER.toString()).exit());
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertEquals(
          pages.keySet().stream().sorted().toList(),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
    for (Map.Entry<String, String> page : pages.entrySet()) {
      assertEquals(
          page.getValue(),
          Files.readString(FOLDER.resolve(page.getKey())),
          "docs/reference/"
              + page.getKey()
              + " is out of date: run `./kk doc --pages docs/reference`, or the tests with"
              + " -Dgolden=update, and commit the result");
    }
  }

  @Test
  void everyNameHasASentence() {
    List<String> silent =
        MANUAL.entries().stream()
            .filter(entry -> entry.kind() != Kind.SETTING)
            .filter(entry -> entry.sentence().isBlank() || entry.sentence().endsWith("."))
            .map(entry -> entry.kind().one() + " " + entry.name())
            .toList();
    assertEquals(List.of(), silent, "without a sentence, or with a full stop at its end");
  }

  @Test
  void everyArgumentHasASentence() {
    List<String> silent =
        MANUAL.of(Kind.MODULE).stream()
            .flatMap(
                module ->
                    module.facts().stream()
                        .filter(fact -> fact.meaning().isBlank())
                        .map(fact -> module.name() + ": " + fact.name()))
            .toList();
    assertEquals(List.of(), silent, "components of an argument record without @Doc");
  }

  @Test
  void everyModuleIsListed() throws IOException {
    Path modules = Home.find().folder().resolve("builtin-modules/src/main");
    List<String> listed =
        Files.readAllLines(modules.resolve("resources/META-INF/services/kk.spi.Module"));
    try (Stream<Path> files = Files.list(modules.resolve("java/kk/modules"))) {
      assertEquals(
          files
              .filter(ReferenceTest::isModule)
              .map(file -> "kk.modules." + file.getFileName().toString().replace(".java", ""))
              .sorted()
              .toList(),
          listed.stream().filter(line -> !line.isBlank()).sorted().toList(),
          "classes of modules on the left, META-INF/services/kk.spi.Module on the right");
    }
  }

  private static boolean isModule(Path file) {
    try {
      String text = Files.readString(file);
      return text.contains("public final class ")
          && (text.contains("implements Module<") || file.toString().endsWith("Module.java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void thereIsSomethingOfEveryKind() {
    for (Kind kind : Kind.values()) {
      assertTrue(!MANUAL.of(kind).isEmpty(), kind.many());
    }
  }

  @Test
  void findsEveryEntryByItsName() {
    for (Entry entry : MANUAL.entries()) {
      assertTrue(MANUAL.find(entry.name()).contains(entry), entry.name());
    }
    assertTrue(
        CommandRun.of("doc", "ansible.builtin.copy").output().startsWith("copy  (module)\n"));
  }

  @Test
  void tellsAllThingsOfOneName() {
    String output = CommandRun.of("doc", "template").output();

    assertTrue(output.contains("template  (module)\n"), output);
    assertTrue(output.contains("template  (lookup)\n"), output);
  }

  @Test
  void listsAKind() {
    CommandRun run = CommandRun.of("doc", "filters");

    assertEquals(0, run.exit());
    assertTrue(run.output().contains("\nb64decode "), run.output());
  }

  @Test
  void suggestsANameNearby() {
    CommandRun run = CommandRun.of("doc", "defalt");

    assertEquals(ExitCode.INPUT.number(), run.exit());
    assertTrue(run.output().contains("did you mean `default`?"), run.output());
  }

  @Test
  void explainsAProblem() {
    CommandRun run = CommandRun.of("explain", "two-actions");

    assertEquals("two-actions\n  One task calls two modules.\n", run.output().substring(0, 42));
    assertTrue(
        CommandRun.of("explain", "two-action").output().contains("did you mean `two-actions`?"));
  }
}
