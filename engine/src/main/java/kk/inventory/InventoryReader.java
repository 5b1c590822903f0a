package kk.inventory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.problem.ProblemsFound;
import kk.source.Source;
import kk.source.Span;
import kk.vault.Vault;
import kk.yaml.YamlReader;

/// Reads inventories. Several add up. Each is
///
/// - a list of hosts with a comma in it: `web1,web2`, `localhost,`
/// - a file: `kind: Inventory`, Ansible's YAML, Ansible's INI, or JSON
/// - a program, which is asked with `--list` and answers in Ansible's dynamic JSON
/// - a directory, of which all files but those of variables are read in order of their names
public final class InventoryReader {
  private static final Set<String> NO_INVENTORY = Set.of("group_vars", "host_vars", "vars_plugins");
  private static final List<String> IGNORED_ENDINGS =
      List.of("~", ".orig", ".bak", ".cfg", ".retry", ".pyc", ".pyo", ".md", ".txt");
  private static final long SCRIPT_SECONDS = 120;

  private final Problems problems;
  private final InventoryBuilder inventory;
  private final Vault vault;

  private InventoryReader(InventoryBuilder inventory, Vault vault, Problems problems) {
    this.inventory = inventory;
    this.vault = vault;
    this.problems = problems;
  }

  /// Reads all sources; `group_vars` and `host_vars` beside each are read too.
  ///
  /// @param vault opens files that are encrypted
  public static Inventory read(List<String> sources, Vault vault, Problems problems) {
    return read(sources, false, vault, problems);
  }

  /// Like [#read(List, Vault, Problems)].
  ///
  /// @param mergesMappings whether a mapping that several sources give a host or a group is put
  ///     together, instead of the last one being the one that counts
  public static Inventory read(
      List<String> sources, boolean mergesMappings, Vault vault, Problems problems) {
    InventoryReader reader =
        new InventoryReader(new InventoryBuilder(mergesMappings), vault, problems);
    sources.forEach(reader::read);
    sources.forEach(reader::addBeside);
    return reader.inventory.build();
  }

  /// The same inventory with the variables of the `group_vars` and `host_vars` of another folder on
  /// top.
  public static Inventory withAdjacent(
      Inventory inventory, Path folder, Vault vault, Problems problems) {
    return withAdjacent(inventory, folder, false, vault, problems);
  }

  /// Like [#withAdjacent(Inventory, Path, Vault, Problems)].
  ///
  /// @param mergesMappings whether mappings complete those of the inventory
  public static Inventory withAdjacent(
      Inventory inventory, Path folder, boolean mergesMappings, Vault vault, Problems problems) {
    InventoryReader reader =
        new InventoryReader(InventoryBuilder.from(inventory, mergesMappings), vault, problems);
    reader.addAdjacent(folder, Group.Place.BESIDE_PLAYBOOK);
    return reader.inventory.build();
  }

  private void read(String source) {
    Path path = Path.of(source);
    if (source.isBlank() || source.equals("/dev/null")) {
      return;
    }
    if (source.contains(",") && !Files.exists(path)) {
      readList(source);
      return;
    }
    if (Files.isDirectory(path)) {
      readFolder(path);
    } else {
      readFile(path);
    }
  }

  /// What lies beside an inventory counts more than what any of them says itself.
  private void addBeside(String source) {
    Path path = Path.of(source);
    Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().normalize().getParent();
    boolean isFile = Files.exists(path) && !source.isBlank() && !source.equals("/dev/null");
    if (isFile && folder != null) {
      addAdjacent(folder, Group.Place.BESIDE_INVENTORY);
    }
  }

  private void readList(String hosts) {
    Span at = new Span(new Source("-i " + hosts, hosts), 1, 1, hosts.length());
    for (String piece : hosts.split(",", -1)) {
      for (String name : HostRange.expand(piece.strip())) {
        if (!name.isEmpty()) {
          inventory.addHost(name, at, Map.of());
        }
      }
    }
  }

  private void readFolder(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.sorted().toList()) {
        String name = entry.getFileName().toString();
        boolean ignored =
            name.startsWith(".")
                || NO_INVENTORY.contains(name)
                || IGNORED_ENDINGS.stream().anyMatch(name::endsWith);
        if (Files.isDirectory(entry) && !ignored) {
          readFolder(entry);
        } else if (!ignored) {
          readFile(entry);
        }
      }
    } catch (IOException e) {
      problems.add(unreadable(folder, "the directory can't be read"));
    }
  }

  private void readFile(Path file) {
    if (Files.isExecutable(file) && Files.isRegularFile(file)) {
      ask(file);
      return;
    }
    Source source;
    try {
      source = vault.read(file, file.toString());
    } catch (ProblemsFound found) {
      found.problems().forEach(problems::add);
      return;
    } catch (IOException e) {
      problems.add(
          unreadable(
              file, Files.exists(file) ? String.valueOf(e.getMessage()) : "there is no such file"));
      return;
    }
    if (isIni(file, source.text())) {
      new IniInventory(inventory, problems).read(source);
    } else {
      YamlReader.read(source, problems)
          .ifPresent(document -> new YamlInventory(inventory, problems).read(document));
    }
  }

  /// A file without a telling ending is INI unless its first line with something in it starts like
  /// a mapping.
  private static boolean isIni(Path file, String text) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json")) {
      return false;
    }
    return name.endsWith(".ini")
        || text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#") && !line.startsWith(";"))
            .findFirst()
            .map(
                line ->
                    !line.startsWith("---")
                        && !line.startsWith("{")
                        && !line.matches("[\\w.-]+:(\\s.*)?"))
            .orElse(false);
  }

  private void ask(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toAbsolutePath().toString(), "--list")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(SCRIPT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        problems.add(unreadable(program, "it ended with exit status " + process.exitValue()));
        return;
      }
      YamlReader.read(new Source(program + " --list", answer), problems)
          .ifPresent(
              document ->
                  new DynamicInventory(inventory, problems)
                      .read(document, host -> hostVariables(program, host)));
    } catch (IOException e) {
      problems.add(unreadable(program, "the program can't be run: " + e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String hostVariables(Path program, String host) {
    try {
      Process process =
          new ProcessBuilder(program.toAbsolutePath().toString(), "--host", host)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  private static Problem unreadable(Path file, String why) {
    return Problem.of(
            "unreadable-file",
            Span.whole(new Source(file.toString(), "")),
            "the inventory can't be read")
        .note(why);
  }

  private void addAdjacent(Path folder, Group.Place place) {
    Span at = Span.whole(new Source(folder.toString(), ""));
    AdjacentVariables variables = new AdjacentVariables(vault, problems);
    variables
        .read(folder.resolve("host_vars"))
        .forEach(
            (name, vars) -> {
              if (inventory.hasHost(name)) {
                inventory.addHost(name, at, vars);
              }
            });
    variables
        .read(folder.resolve("group_vars"))
        .forEach((name, vars) -> inventory.addGroupVars(name, at, place, vars));
  }
}
