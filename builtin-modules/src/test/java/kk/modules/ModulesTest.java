package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import kk.spi.Doc;
import kk.spi.Module;
import kk.spi.SharedArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for all modules.
class ModulesTest {

  @Test
  void everyModuleIsRegistered() throws IOException {
    SortedSet<String> registered = new TreeSet<>();
    installed().forEach(module -> registered.add(module.getClass().getSimpleName()));
    SortedSet<String> written = new TreeSet<>();
    try (Stream<Path> sources = Files.list(Path.of("src/main/java/kk/modules"))) {
      for (Path source : sources.toList()) {
        String name = String.valueOf(source.getFileName()).replace(".java", "");
        if (name.endsWith("Module") && !Files.readString(source).contains("abstract class")) {
          written.add(name);
        }
      }
    }
    assertEquals(written, registered);
    assertTrue(written.size() > 25, written.toString());
  }

  @Test
  void everythingIsExplained() {
    for (Module<?> module : installed()) {
      check(module.name(), module.getClass().getAnnotation(Doc.class));
      checkArguments(module.name(), module.arguments());
    }
  }

  private static void checkArguments(String module, Class<?> arguments) {
    for (RecordComponent component : arguments.getRecordComponents()) {
      if (SharedArguments.class.isAssignableFrom(component.getType())) {
        checkArguments(module, component.getType());
      } else {
        check(module + "." + component.getName(), component.getAnnotation(Doc.class));
      }
    }
  }

  private static void check(String what, @org.jspecify.annotations.Nullable Doc doc) {
    assertTrue(doc != null, what + " has no @Doc");
    if (doc != null) {
      assertFalse(doc.value().isBlank() || doc.value().endsWith("."), what + ": " + doc.value());
    }
  }

  /// Shells parse all of a script before they run it, so this finds what only some of them take.
  @ParameterizedTest
  @ValueSource(strings = {"dash", "busybox sh", "bash --posix"})
  void everyScriptIsShell(String shell) throws IOException, InterruptedException {
    try (Stream<Path> scripts = Files.list(Path.of("src/main/resources/kk/modules"))) {
      for (Path script : scripts.toList()) {
        List<String> words = new ArrayList<>(List.of(shell.split(" ", -1)));
        words.add("-n");
        words.add(script.toString());
        assertEquals(0, new ProcessBuilder(words).inheritIO().start().waitFor(), script.toString());
      }
    }
  }

  @Test
  void staysWithinTheBudgetOfOneRoundTrip(@TempDir Path directory) {
    TestHost host = new TestHost(directory);
    host.write("templates/t", "x");
    host.program(
        "systemctl", "echo LoadState=loaded; echo ActiveState=active; echo UnitFileState=");
    host.program("dpkg-query", "echo 'curl:all installed 1.0'").program("apt-get", "");
    List<Runnable> calls =
        List.of(
            () -> host.changed(new CommandModule(), "cmd", "true"),
            () -> host.changed(new ShellModule(), "cmd", "true", "creates", "/nowhere"),
            () -> host.unchanged(new StatModule(), "path", directory),
            () -> host.changed(new CopyModule(), "content", "x", "dest", host.path("c")),
            () -> host.changed(new TemplateModule(), "src", "t", "dest", host.path("d")),
            () -> host.changed(new FileModule(), "path", host.path("e"), "state", "touch"),
            () -> host.unchanged(new SystemdModule(), "name", "sshd", "state", "started"),
            () -> host.unchanged(new PackageModule(), "name", "curl"),
            () -> host.unchanged(new UserModule(), "name", "root"),
            () -> host.unchanged(new GroupModule(), "name", "root"),
            () -> host.unchanged(new SetupModule()));
    for (Runnable call : calls) {
      host.roundTrips = 0;
      call.run();
      assertEquals(1, host.roundTrips);
    }
  }

  private static List<Module<?>> installed() {
    List<Module<?>> modules = new ArrayList<>();
    for (Module module : ServiceLoader.load(Module.class)) {
      modules.add(module);
    }
    return modules;
  }
}
