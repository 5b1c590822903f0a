package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import kk.bind.Installed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What each module may cost, counted at the connection: round trips when there is something to do
/// and when there is nothing, and bytes. Time has no place here, so the machine's load has none.
class BudgetsTest {
  /// For one small task: script, greeting and answer.
  private static final long MOST_SENT = 24_000;

  private static final long MOST_RECEIVED = 4_000;

  /// Modules that need what no test machine has to have: a package manager, systemd, an engine, a
  /// network, root. Their own tests count their round trips against stand-ins.
  private static final Set<String> COUNTED_ELSEWHERE =
      Set.of(
          "apt",
          "dnf",
          "yum",
          "package",
          "service",
          "systemd",
          "systemd_service",
          "user",
          "group",
          "hostname",
          "mount",
          "sysctl",
          "reboot",
          "cron",
          "authorized_key",
          "image",
          "docker_compose",
          "uri",
          "harbor_info",
          "harbor_password",
          "harbor_peer",
          "harbor_project",
          "harbor_robot",
          "harbor_settings",
          "harbor_sync",
          "get_url",
          "http_get_file",
          "wait_for_connection");

  @TempDir Path folder = Path.of("");

  /// A module's call and its round trips the first and the second time.
  private record Budget(String call, int first, int second) {
    String module() {
      return call.split(":", 2)[0];
    }

    @Override
    public String toString() {
      return call;
    }
  }

  static Stream<Budget> budgets() {
    return Stream.of(
        new Budget("command: echo hello", 1, 1),
        new Budget("command: {cmd: touch HERE/made, creates: HERE/made}", 1, 1),
        new Budget("shell: 'echo $HOME | cat'", 1, 1),
        new Budget("raw: echo hello", 1, 1),
        new Budget("script: HERE/script.sh", 1, 1),
        new Budget("ping:", 1, 1),
        new Budget("async_status: {jid: j1.2, mode: cleanup}", 1, 1),
        new Budget("stat: {path: HERE/text}", 1, 1),
        new Budget("slurp: {src: HERE/text}", 1, 1),
        new Budget("find: {paths: HERE, patterns: '*.txt'}", 1, 1),
        new Budget("getent: {database: passwd, key: root}", 1, 1),
        new Budget("setup:", 1, 1),
        new Budget("tempfile: {path: HERE}", 1, 1),
        new Budget("copy: {content: some text, dest: HERE/copy}", 1, 1),
        new Budget("copy: {src: HERE/large, dest: HERE/large-copy}", 3, 1),
        new Budget("template: {src: HERE/page.j2, dest: HERE/page}", 1, 1),
        new Budget("file: {path: HERE/directory, state: directory, mode: '0750'}", 1, 1),
        new Budget("file: {path: HERE/link, src: text, state: link}", 1, 1),
        new Budget("lineinfile: {path: HERE/text, line: one more}", 2, 2),
        new Budget("blockinfile: {path: HERE/text, block: some lines}", 2, 2),
        new Budget("replace: {path: HERE/text, regexp: line, replace: row}", 2, 2),
        new Budget("assemble: {src: HERE/pieces, dest: HERE/whole}", 2, 2),
        new Budget("unarchive: {src: HERE/pieces.tar, dest: HERE}", 1, 1),
        new Budget("known_hosts: {path: HERE/known, name: a, key: 'a ssh-ed25519 AAAA'}", 2, 2),
        new Budget("htpasswd: {path: HERE/users, name: a, password: b}", 2, 2),
        new Budget("fetch: {src: HERE/text, dest: HERE/fetched/}", 2, 1),
        new Budget("wait_for: {path: HERE/text}", 1, 1),
        new Budget("debug: {msg: hello}", 0, 0),
        new Budget("assert: {that: true}", 0, 0),
        new Budget("validate_argument_spec: {argument_spec: {}}", 0, 0),
        new Budget("fail: {msg: no}", 0, 0),
        new Budget("set_fact: {a: 1}", 0, 0),
        new Budget("add_hostvars: {hosts: one, vars: {a: 1}}", 0, 0),
        new Budget("result: {a: 1}", 0, 0),
        new Budget("include_vars: HERE/vars.yaml", 0, 0),
        new Budget("pause: {seconds: 0}", 0, 0));
  }

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("text"), "first line\nsecond line\n");
    Files.writeString(folder.resolve("page.j2"), "{{ 1 + 1 }}\n");
    Files.writeString(folder.resolve("script.sh"), "#!/bin/sh\necho hello\n");
    Files.writeString(folder.resolve("vars.yaml"), "a: 1\n");
    Files.writeString(folder.resolve("large"), "0123456789abcde\n".repeat(20_000));
    Files.createDirectory(folder.resolve("pieces"));
    Files.writeString(folder.resolve("pieces/1"), "one\n");
    Process tar =
        new ProcessBuilder("tar", "-C", folder.toString(), "-cf", folder + "/pieces.tar", "pieces")
            .start();
    assertEquals(0, tar.waitFor());
  }

  @ParameterizedTest
  @MethodSource("budgets")
  void staysWithinItsBudget(Budget budget) throws Exception {
    long[] first = traffic(budget.call());
    long[] second = traffic(budget.call());
    assertEquals(budget.first() + " " + budget.second(), first[0] + " " + second[0], "round trips");
    assertTrue(second[1] <= MOST_SENT, () -> second[1] + " bytes sent");
    assertTrue(
        second[2] <= MOST_RECEIVED || budget.call().startsWith("setup"),
        () -> second[2] + " bytes received");
  }

  @Test
  void everyModuleHasABudget() {
    Set<String> named = new TreeSet<>(COUNTED_ELSEWHERE);
    budgets().map(Budget::module).forEach(named::add);
    Set<String> missing = new TreeSet<>(Installed.onClassPath().moduleNames());
    missing.removeAll(named);
    // they work on the control machine
    missing.removeAll(
        Set.of(
            "gen_cert",
            "check_cert",
            "check_image",
            "image_copy",
            "add_host",
            "group_by",
            "set_stats"));
    assertEquals(Set.of(), missing);
  }

  private long[] traffic(String call) throws Exception {
    Path report = folder.resolve("traffic");
    Files.writeString(report, "0 0 0");
    Path inventory = folder.resolve("inventory.yaml");
    Files.writeString(
        inventory,
        "all: {hosts: {one: {ansible_connection: counted, ansible_host: %s}}}\n".formatted(report));
    Path playbook = folder.resolve("play.yaml");
    Files.writeString(
        playbook,
        "- hosts: one\n  gather_facts: false\n  tasks:\n    - name: it\n      ignore_errors: true\n      %s\n"
            .formatted(call.replace("HERE", folder.toString())));
    CommandRun run =
        CommandRun.of("run", playbook.toString(), "-i", inventory.toString(), "--output", "plain");
    assertEquals(0, run.exit(), run.output());
    boolean failed = run.output().contains("ignored 1") && !call.startsWith("fail");
    assertTrue(!failed, run.output());
    return Stream.of(Files.readString(report).split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }
}
