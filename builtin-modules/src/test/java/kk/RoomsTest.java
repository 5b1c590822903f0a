package kk;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the packages to the one direction in which they may use each other, and each library to
/// the one package that may use it. What counts is what is compiled, not what is imported.
class RoomsTest {
  private static final Path ENGINE = Path.of(System.getProperty("kk.home"), "engine");
  private static final Path MODULES = Path.of(System.getProperty("kk.home"), "builtin-modules");

  /// Who may use whom, in the order of the packages: text, problems, tree, meaning, values, hosts,
  /// run, words, command line. Nothing looks back. Three entries need a reason: `load` checks the
  /// templates it reads and so knows `template`; a template in an inventory's variable is a record
  /// of `playbook`; `run` reads what is included while it runs and so knows `load`.
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("source", Set.of()),
          entry("problem", Set.of("source")),
          entry("vault", Set.of("source", "problem", "spi")),
          entry("yaml", Set.of("source", "problem", "vault")),
          entry("playbook", Set.of("source")),
          entry("spi", Set.of()),
          entry("bind", Set.of("spi")),
          entry("inventory", Set.of("source", "problem", "vault", "yaml", "playbook")),
          entry("template", Set.of("source", "problem", "vault", "playbook", "spi")),
          entry(
              "load", Set.of("source", "problem", "vault", "yaml", "playbook", "bind", "template")),
          entry(
              "variables",
              Set.of("source", "problem", "vault", "playbook", "spi", "inventory", "template")),
          entry("connect", Set.of("spi")),
          entry(
              "run",
              Set.of(
                  "source",
                  "problem",
                  "vault",
                  "playbook",
                  "spi",
                  "bind",
                  "load",
                  "inventory",
                  "template",
                  "variables")),
          entry("report", Set.of("source", "problem", "spi", "template", "run")),
          entry("docs", Set.of("spi", "bind", "playbook")),
          entry(
              "cli",
              Set.of(
                  "source",
                  "problem",
                  "vault",
                  "yaml",
                  "playbook",
                  "spi",
                  "bind",
                  "load",
                  "inventory",
                  "template",
                  "variables",
                  "run",
                  "report",
                  "docs")));

  /// One library, one room.
  private static final Map<String, Set<String>> LIBRARIES =
      Map.ofEntries(
          entry("org/snakeyaml/", Set.of("yaml")),
          entry("net/schmizz/", Set.of("connect")),
          entry("com/hierynomus/", Set.of("connect")),
          entry("tools/jackson/", Set.of("report")),
          entry("picocli/", Set.of("cli")),
          entry("org/apache/commons/io/", Set.of("connect", "modules")),
          entry("org/apache/commons/compress/", Set.of("modules")),
          entry("land/oras/", Set.of("modules")),
          entry("org/bouncycastle/", Set.of("connect", "modules")));

  /// A type in a descriptor, a signature or an annotation: `Lkk/spi/Doc;`.
  private static final Pattern DESCRIBED = Pattern.compile("L((?:\\w+/)+[\\w$]+)[;<]");

  @Test
  void packagesUseOnlyThoseTheyMay() throws IOException {
    SortedSet<String> broken = new TreeSet<>();
    for (ClassModel type : classes(ENGINE)) {
      String from = room(name(type));
      for (String used : usedBy(type)) {
        String to = room(used);
        boolean allowed =
            to.isEmpty() || to.equals(from) || MAY_USE.getOrDefault(from, Set.of()).contains(to);
        if (!allowed) {
          broken.add(from + " may not use " + used + ", but " + name(type) + " does");
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void thereIsARuleForEveryPackage() throws IOException {
    Set<String> rooms = new TreeSet<>();
    classes(ENGINE).forEach(type -> rooms.add(room(name(type))));

    assertEquals(new TreeSet<>(MAY_USE.keySet()), rooms);
  }

  @Test
  void nobodyUsesWhatUsesThem() {
    SortedSet<String> circles = new TreeSet<>();
    for (String room : MAY_USE.keySet()) {
      if (reach(room).contains(room)) {
        circles.add(room);
      }
    }
    assertEquals(Set.of(), circles);
  }

  @Test
  void modulesSeeTheExtensionInterfaceAlone() throws IOException {
    SortedSet<String> broken = new TreeSet<>();
    for (ClassModel type : classes(MODULES)) {
      for (String used : usedBy(type)) {
        if (used.startsWith("kk/") && !Set.of("spi", "modules").contains(room(used))) {
          broken.add(name(type) + " uses " + used);
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void aLibraryStaysInItsRoom() throws IOException {
    List<ClassModel> all = new ArrayList<>(classes(ENGINE));
    all.addAll(classes(MODULES));
    SortedSet<String> broken = new TreeSet<>();
    for (ClassModel type : all) {
      for (String used : usedBy(type)) {
        if (!isOwn(used) && !mayUseLibrary(room(name(type)), used)) {
          broken.add(name(type) + " uses " + used);
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void everyFileCanBeReadInOneSitting() throws IOException {
    SortedSet<String> broken = new TreeSet<>();
    for (Path file : sources()) {
      long lines;
      try (Stream<String> all = Files.lines(file)) {
        lines = all.count();
      }
      if (lines > 500) {
        broken.add(file + " has " + lines + " lines");
      }
    }
    assertEquals(Set.of(), broken);
  }

  @Test
  void nothingIsLeftForLaterOrGuessed() throws IOException {
    Pattern unwanted =
        Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|^\\s+(final )?var \\w|[(]var \\w");
    SortedSet<String> broken = new TreeSet<>();
    for (Path file : sources()) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (unwanted.matcher(line).find()) {
          broken.add(file + ":" + number + " " + line.strip());
        }
      }
    }
    assertEquals(Set.of(), broken);
  }

  private static Set<String> reach(String room) {
    Set<String> reached = new TreeSet<>();
    List<String> next = new ArrayList<>(MAY_USE.getOrDefault(room, Set.of()));
    while (!next.isEmpty()) {
      String other = next.removeLast();
      if (reached.add(other)) {
        next.addAll(MAY_USE.getOrDefault(other, Set.of()));
      }
    }
    return reached;
  }

  private static boolean isOwn(String type) {
    return type.startsWith("kk/")
        || type.startsWith("java/")
        || type.startsWith("javax/")
        || type.startsWith("org/jspecify/");
  }

  private static boolean mayUseLibrary(String room, String type) {
    return LIBRARIES.entrySet().stream()
        .anyMatch(
            library -> type.startsWith(library.getKey()) && library.getValue().contains(room));
  }

  private static String name(ClassModel type) {
    return type.thisClass().asInternalName();
  }

  /// The package right below `kk`; empty for a type of somebody else.
  private static String room(String type) {
    return type.startsWith("kk/") ? type.split("/", -1)[1] : "";
  }

  private static Set<String> usedBy(ClassModel type) {
    Set<String> used = new TreeSet<>();
    for (PoolEntry each : type.constantPool()) {
      if (each instanceof ClassEntry entry && !entry.asInternalName().startsWith("[")) {
        used.add(entry.asInternalName());
      } else if (each instanceof Utf8Entry entry) {
        Matcher described = DESCRIBED.matcher(entry.stringValue());
        while (described.find()) {
          used.add(described.group(1));
        }
      }
    }
    return used;
  }

  private static List<ClassModel> classes(Path module) throws IOException {
    List<ClassModel> classes = new ArrayList<>();
    for (Path file : files(module.resolve("target/classes"), ".class")) {
      classes.add(ClassFile.of().parse(file));
    }
    return classes;
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>(files(ENGINE.resolve("src"), ".java"));
    sources.addAll(files(MODULES.resolve("src"), ".java"));
    assertTrue(sources.size() > 100, "there are more source files than " + sources.size());
    return sources;
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }
}
