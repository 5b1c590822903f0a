package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `--check` does on hosts that the lab's tests don't meet: with a firewall, or with all that
/// kk can leave behind. The commands of the host are made up and note down what they are asked.
class DryRunTest {
  /// What may be asked of a host that must not change.
  private static final Pattern READS =
      Pattern.compile(
          "firewall-cmd --state|ufw status|ip6?tables -S INPUT|nft list ruleset"
              + "|systemctl --system (show|is-enabled) .*|docker (version|image inspect|inspect) .*"
              + "|docker compose version|docker compose -p [a-z-]+ ps .*");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  private String path = "";

  @BeforeEach
  void hostWithoutAnything() throws IOException {
    path = Files.createDirectory(tmp.resolve("bin")) + ":/usr/bin:/bin";
    for (String command : List.of("firewall-cmd", "ufw", "iptables", "ip6tables", "nft")) {
      answers(command, "exit 1");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "firewalld | firewall-cmd | exit 0",
        "ufw       | ufw          | echo Status: active",
        "''        | ufw          | echo Status: inactive",
        "rules     | iptables     | echo '-P INPUT DROP'",
        "rules     | ip6tables    | echo '-A INPUT -p tcp -j REJECT'",
        "''        | iptables     | echo '-P INPUT ACCEPT'",
        "rules     | nft          | table inet mine input 'policy drop;'",
        "rules     | nft          | table ip filter input 'policy accept; tcp dport 22 drop'",
        "''        | nft          | table ip filter INPUT 'policy drop;'",
        "''        | nft          | table inet mine input 'policy accept;'"
      })
  void anActiveFirewallIsToldApart(String firewall, String command, String answer)
      throws IOException, InterruptedException {
    answers(
        command,
        """
        table() {
            printf 'table %%s %%s {\\n chain %%s {\\n type filter hook input priority 0; %%s\\n }\\n}\\n' "$@"
        }
        %s
        """
            .formatted(answer));
    ProcessBuilder script =
        new ProcessBuilder("/bin/sh", shipped("roles/firewall/files/firewall.sh"), "which");
    script.environment().put("PATH", path);

    Process process = script.start();

    assertEquals(
        firewall, new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, process.waitFor());
    assertEquals(List.of(), changes());
  }

  @ParameterizedTest
  @CsvSource({"firewall-cmd, exit 0", "ufw, echo Status: active", "iptables, echo -P INPUT DROP"})
  void anActiveFirewallIsLeftAlone(String command, String answer) throws IOException {
    answers(command, answer);
    answers("systemctl", "echo LoadState=not-found; echo ActiveState=inactive");

    CommandRun run = dryRun("firewall", "{}");

    assertEquals(0, run.exit(), run.output());
    assertTrue(row("Install the firewall's script", "changed").matcher(run.output()).find());
    assertTrue(row("Open what is needed", "skipped").matcher(run.output()).find(), run.output());
    assertEquals(List.of(), changes());
  }

  @Test
  void allThatKkLeavesBehindIsLeftAlone() throws IOException {
    Path home = Files.createDirectories(tmp.resolve("home"));
    answers("systemctl", "echo LoadState=loaded; echo ActiveState=active");
    answers("docker", "case $* in *inspect*) echo something;; *' ps '*) echo one;; esac");
    answers("findmnt", "exit 0");

    CommandRun run =
        dryRun(
            "uninstall",
            """
            {stdout_lines: [%s]}
            """
                .formatted(
                    """
                    keepalived.home=H, keepalived.image=i, nginx.home=H, nginx.image=i,
                    docker-registry.home=H, docker-registry.image=i, docker-registry.data=H,
                    docker-registry.storage=filesystem, firewall.home=H, firewall.rules=tcp/443/any,
                    nfs-client.path=H, nfs-client.unit=x.mount, nfs-packages.names=nfs-common,
                    trust.authority=Example, docker.version=26.1.5, docker.data=H,
                    docker-compose.version=v2.26.1
                    """
                        .replace("=H", "=" + home)));

    assertEquals(0, run.exit(), run.output());
    assertFalse(run.output().contains("nothing of kk's is installed"), run.output());
    assertTrue(row("Remove its image", "changed").matcher(run.output()).find(), run.output());
    assertTrue(row("Remove packages that came with kk", "skipped").matcher(run.output()).find());
    assertTrue(row("Remove Docker's files", "ok|changed").matcher(run.output()).find());
    assertEquals(List.of(), changes());
    assertTrue(Files.isDirectory(home));
  }

  private static Pattern row(String task, String result) {
    return Pattern.compile(Pattern.quote(task) + "\\n +(" + result + ") ");
  }

  /// Makes a command of the host up.
  private void answers(String command, String answer) throws IOException {
    Path file = tmp.resolve("bin").resolve(command);
    Files.writeString(
        file,
        "#!/bin/sh\necho \"%s $*\" >>%s\n%s\n".formatted(command, tmp.resolve("asked"), answer));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private CommandRun dryRun(String role, String notes) throws IOException {
    Path inventory =
        Files.writeString(
            tmp.resolve("inventory.yaml"),
            "image_registry: {hosts: {localhost: {internal_ipv4: 10.0.0.1}}}\n");
    Path playbook =
        Files.writeString(
            tmp.resolve("playbook.yaml"),
            """
            - hosts: image_registry
              connection: local
              gather_facts: false
              environment: {PATH: "%s"}
              roles: [defaults, %s]
            """
                .formatted(path, role));
    Path found = Files.writeString(tmp.resolve("found.yaml"), "uninstall_notes: " + notes);
    return CommandRun.of(
        "run",
        playbook.toString(),
        "-i",
        inventory.toString(),
        "--workdir",
        tmp.toString(),
        "--check",
        "-e",
        "@" + found);
  }

  /// What the commands were asked that is no mere reading.
  private List<String> changes() throws IOException {
    return new TreeSet<>(Files.readAllLines(tmp.resolve("asked")))
        .stream().filter(asked -> !READS.matcher(asked).matches()).toList();
  }

  private static String shipped(String file) {
    return Home.find().folder().resolve(file).toString();
  }
}
