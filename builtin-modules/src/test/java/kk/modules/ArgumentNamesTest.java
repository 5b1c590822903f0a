package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.bind.ArgumentSchema;
import kk.spi.Module;
import org.junit.jupiter.api.Test;

/// A module of Ansible's name takes all arguments of Ansible's, by all their names. What it doesn't
/// take stands in the manual. The names were recorded by `record-arguments.py`.
class ArgumentNamesTest {
  private static final Path MANUAL = Path.of("../docs/how-to/bring-ansible-playbooks.md");
  private static final Pattern REFUSED =
      Pattern.compile("(?m)^\\| `([a-z_]+)` \\| ((?:`[a-z_-]+`(?:, )?)+) \\|");

  private final Map<String, ArgumentSchema<?>> modules = new HashMap<>();

  ArgumentNamesTest() {
    for (Module<?> module : ServiceLoader.load(Module.class)) {
      modules.put(module.name(), ArgumentSchema.of(module.arguments()));
    }
  }

  @Test
  void everyArgumentOfAnsiblesIsTaken() throws IOException {
    SortedSet<String> missing = new TreeSet<>();
    int compared = 0;
    for (String line : Files.readAllLines(Path.of("src/test/resources/kk/modules/arguments.txt"))) {
      List<String> words = List.of(line.split(" ", -1));
      ArgumentSchema<?> schema = modules.get(words.getFirst());
      if (schema != null) {
        for (String name : words.subList(1, words.size())) {
          compared++;
          if (schema.find(name).isEmpty() && !schema.takesOthers()) {
            missing.add(words.getFirst() + " " + name);
          }
        }
      }
    }

    assertEquals(String.join("\n", refused()), String.join("\n", missing));
    assertTrue(compared > 400, "only " + compared);
  }

  private static SortedSet<String> refused() throws IOException {
    SortedSet<String> refused = new TreeSet<>();
    Matcher row = REFUSED.matcher(Files.readString(MANUAL));
    while (row.find()) {
      for (String name : row.group(2).split(", ", -1)) {
        refused.add(row.group(1) + " " + name.replace("`", ""));
      }
    }
    return refused;
  }
}
