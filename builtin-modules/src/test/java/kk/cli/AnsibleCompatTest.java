package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ansible's commands and kk in their place say the same, word for word.
class AnsibleCompatTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  private Path inventory = Path.of("");

  @BeforeEach
  void writeFiles() throws IOException {
    inventory = tmp.resolve("inventory.yml");
    Files.writeString(
        inventory,
        """
        all:
          hosts:
            lone: {a: 1, ansible_connection: local}
          vars:
            top: "{{ nothing_yet }}"
          children:
            zoo:
              hosts:
                h2: {}
                h1: {port: 22, list: [1, b]}
              vars: {flag: true, text: 'yes'}
              children:
                inner:
                  hosts:
                    h3:
            empty: {}
            apes:
              hosts:
                h1:
        """);
    Files.createDirectories(tmp.resolve("group_vars"));
    Files.writeString(tmp.resolve("group_vars/zoo.yml"), "from: file\n");
    Files.createDirectories(tmp.resolve("host_vars"));
    Files.writeString(tmp.resolve("host_vars/h3.yml"), "nested: {k: v}\n");
    Files.writeString(
        tmp.resolve("play.yml"),
        """
        - name: First
          hosts: zoo
          gather_facts: false
          tags: [a]
          tasks:
            - name: one
              debug:
              tags: [b]
            - block:
                - name: two
                  debug:
              tags: [c, b]
        - hosts: lone
          gather_facts: false
          tasks:
            - name: three
              debug:
              tags: never
            - debug:
        """);
    Files.writeString(tmp.resolve("hosts"), "h3\nlone\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--list",
        "--list --export",
        "--list --yaml",
        "--list --yaml --export",
        "--graph",
        "--graph --vars",
        "--graph zoo",
        "--host h1",
        "--host h3 --yaml",
        "--host lone"
      })
  void theInventoryIsTheSame(String words) throws Exception {
    compare("inventory", "ansible-inventory", words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--list-hosts",
        "--list-hosts --limit @hosts",
        "--list-hosts --limit @hosts,h1",
        "--list-tasks",
        "--list-tasks --tags b",
        "--list-tasks --skip-tags c",
        "--list-tasks --tags never",
        "--list-tags",
        "--list-tags --list-tasks --list-hosts",
        "--syntax-check"
      })
  void thePlaybookIsToldTheSame(String words) throws Exception {
    compare("run", "ansible-playbook", "play.yml " + words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"all", "zoo", "zoo:!h1", "zoo[0]", "zoo[1:2]", "~h[12]", "all --limit zoo"})
  void theHostsAreTheSame(String pattern) throws Exception {
    compare("adhoc", "ansible", pattern + " --list-hosts");
  }

  @Test
  void lostHostsAreKept() throws Exception {
    Files.writeString(
        tmp.resolve("lose.yml"),
        "- hosts: localhost\n  gather_facts: false\n  tasks: [{fail: }]\n");
    Path file = tmp.resolve("lost");

    CommandRun run =
        CommandRun.of("run", tmp.resolve("lose.yml").toString(), "--retry-file", file.toString());

    assertEquals(2, run.exit(), run.output());
    assertEquals("localhost\n", Files.readString(file));
  }

  private static String sorted(String text) {
    return String.join("\n", text.lines().sorted().toList());
  }

  private void compare(String command, String ansible, String words) throws Exception {
    Path program = Path.of("/usr/bin", ansible);
    assumeTrue(Files.isExecutable(program), program + " is missing: install ansible-core");
    List<String> line = new ArrayList<>(List.of("-i", inventory.toString()));
    Arrays.stream(words.split(" ", -1))
        .map(word -> word.replaceFirst("^(@?)(?=(play.yml|hosts))", "$1" + tmp + "/"))
        .forEach(line::add);
    List<String> theirs = new ArrayList<>(List.of(program.toString()));
    theirs.addAll(line);
    ProcessBuilder builder = new ProcessBuilder(theirs);
    builder.environment().put("ANSIBLE_HOME", tmp.resolve("ansible").toString());
    builder.environment().put("ANSIBLE_NOCOLOR", "1");
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    List<String> ours = new ArrayList<>(List.of(command, "--ansible-compat"));
    ours.addAll(line);

    CommandRun run = CommandRun.of(ours.toArray(String[]::new));

    // the hosts of a list have no order there
    boolean listed = words.contains("--list-hosts");
    assertEquals(listed ? sorted(said) : said, listed ? sorted(run.output()) : run.output());
    assertEquals(exit, run.exit());
  }
}
