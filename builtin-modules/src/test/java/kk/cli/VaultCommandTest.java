package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultCommandTest {
  private static final Path ANSIBLE = Path.of("/usr/bin/ansible-vault");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  private Path file = Path.of("");
  private String password = "";

  @BeforeEach
  void writeFiles() throws IOException {
    file = tmp.resolve("vars.yaml");
    Files.writeString(file, "token: abc\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    password = passwordFile("password", "first");
  }

  private String passwordFile(String name, String text) throws IOException {
    return Files.writeString(tmp.resolve(name), text + "\n").toString();
  }

  private CommandRun vault(String... words) {
    return CommandRun.of(
        Stream.concat(Stream.of("vault"), Arrays.stream(words)).toArray(String[]::new));
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void encryptsShowsAndOpens() throws IOException {
    String name = file.toString();

    assertEquals(0, vault("encrypt", name, "--vault-password-file", password).exit());
    assertTrue(Files.readString(file).startsWith("$ANSIBLE_VAULT;1.1;AES256\n"));
    assertEquals("rw-r--r--", permissions());

    CommandRun again = vault("encrypt", name, "--vault-password-file", password);
    assertEquals(65, again.exit());
    assertTrue(again.output().contains("this is encrypted already"), again.output());

    assertEquals("token: abc\n", vault("view", name, "--vault-id", "a@" + password).output());

    assertEquals(0, vault("decrypt", name, "--vault-password-file", password).exit());
    assertEquals("token: abc\n", Files.readString(file));
    assertEquals("rw-------", permissions());
  }

  @Test
  void leavesAFileAloneThatNoPasswordOpens() throws IOException {
    vault("encrypt", file.toString(), "--vault-password-file", password);
    String before = Files.readString(file);
    String wrong = passwordFile("wrong", "second");

    for (String command : List.of("decrypt", "view", "edit", "rekey")) {
      CommandRun run = vault(command, file.toString(), "--vault-password-file", wrong);
      assertEquals(65, run.exit(), command);
      assertTrue(run.output().contains("error[wrong-vault-password]"), run.output());
    }
    assertEquals(before, Files.readString(file));
  }

  @Test
  void asksAProgramForThePassword() throws IOException {
    Path program = tmp.resolve("keys-client");
    Files.writeString(program, "#!/bin/sh\necho \"$@\" >'" + tmp + "/asked'; echo first\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    vault("encrypt", file.toString(), "--vault-password-file", password);

    assertEquals(
        "token: abc\n", vault("view", file.toString(), "--vault-id", "prod@" + program).output());
    assertEquals("--vault-id prod\n", Files.readString(tmp.resolve("asked")));
  }

  @Test
  void changesThePasswordOfAllFilesOrOfNone() throws IOException {
    Path second = Files.writeString(tmp.resolve("b"), "b");
    String next = passwordFile("next", "next");
    vault("encrypt", file.toString(), "--vault-password-file", password);
    vault("encrypt", second.toString(), "--vault-password-file", next);
    String before = Files.readString(file);
    List<String> line = new ArrayList<>(List.of("rekey", file.toString(), second.toString()));
    line.addAll(List.of("--new-vault-id", "prod@" + next, "--vault-password-file", password));

    assertEquals(65, vault(line.toArray(String[]::new)).exit());
    assertEquals(before, Files.readString(file));

    line.addAll(List.of("--vault-password-file", next));
    assertEquals(0, vault(line.toArray(String[]::new)).exit());
    assertTrue(Files.readString(file).startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n"));
    assertEquals(
        "token: abc\n", vault("view", file.toString(), "--vault-password-file", next).output());
  }

  @Test
  void picksAPasswordByItsLabel() throws IOException {
    String next = passwordFile("next", "next");
    List<String> line =
        List.of(
            "encrypt", file.toString(), "--vault-id", "a@" + password, "--vault-id", "b@" + next);

    CommandRun unclear = vault(line.toArray(String[]::new));
    assertTrue(unclear.output().contains("there are a, b"), unclear.output());

    List<String> clear = new ArrayList<>(line);
    clear.addAll(List.of("--encrypt-vault-id", "b"));
    assertEquals(0, vault(clear.toArray(String[]::new)).exit());
    assertTrue(Files.readString(file).startsWith("$ANSIBLE_VAULT;1.2;AES256;b\n"));
  }

  @Test
  void theEditorSeesAPrivateFileThatIsGoneAfterwards() throws Exception {
    Path editor = tmp.resolve("editor");
    Files.writeString(
        editor,
        """
        #!/bin/sh
        printf '%s' "$1" >'SEEN/name'
        stat -c %a "$1" "$(dirname "$1")" >'SEEN/modes'
        cat "$1" >'SEEN/content'
        echo 'more: true' >>"$1"
        touch "$1~"
        """
            .replace("SEEN", tmp.toString()));
    Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
    vault("encrypt", file.toString(), "--vault-id", "prod@" + password);

    ProcessBuilder edit =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "kk.cli.Main",
                "vault",
                "edit",
                file.toString(),
                "--vault-password-file",
                password)
            .inheritIO();
    edit.environment().put("VISUAL", editor.toString());
    assertEquals(0, edit.start().waitFor());

    assertEquals("600\n700\n", Files.readString(tmp.resolve("modes")));
    assertEquals("token: abc\n", Files.readString(tmp.resolve("content")));
    Path seen = Path.of(Files.readString(tmp.resolve("name")));
    assertFalse(Files.exists(seen.getParent()), seen + " is still there");
    assertTrue(Files.readString(file).startsWith("$ANSIBLE_VAULT;1.2;AES256;prod\n"));
    assertEquals(
        "token: abc\nmore: true\n",
        vault("view", file.toString(), "--vault-password-file", password).output());
  }

  @Test
  void ansibleOpensWhatKkEncryptsAndTheOtherWayRound() throws Exception {
    assumeTrue(Files.isExecutable(ANSIBLE), ANSIBLE + " is missing: install ansible-core");
    vault("encrypt", file.toString(), "--vault-id", "prod@" + password);

    assertEquals("token: abc\n", ansible("view", file.toString(), "--vault-id", password));

    ansible("rekey", file.toString(), "--vault-id", password, "--new-vault-id", "x@" + password);
    assertEquals(
        "token: abc\n", vault("view", file.toString(), "--vault-password-file", password).output());

    String value = vault("encrypt-string", "--vault-id", password, "-n", "a", "sécret").output();
    assertTrue(value.startsWith("a: !vault |\n          $ANSIBLE_VAULT;1.1;AES256\n"), value);
    Path play = tmp.resolve("play.yaml");
    Files.writeString(
        play,
        "- hosts: localhost\n  gather_facts: false\n  vars:\n"
            + value.indent(4)
            + "  tasks:\n    - copy: {content: '{{ a }}', dest: '"
            + tmp
            + "/told'}\n");
    for (String program : List.of("ansible", "kk")) {
      Files.deleteIfExists(tmp.resolve("told"));
      if (program.equals("kk")) {
        CommandRun run = CommandRun.of("run", play.toString(), "--vault-id", password);
        assertEquals(0, run.exit(), run.output());
      } else {
        process("/usr/bin/ansible-playbook", play.toString(), "--vault-id", password);
      }
      assertEquals("sécret", Files.readString(tmp.resolve("told")), program);
    }
  }

  private String ansible(String... words) throws Exception {
    return process(
        Stream.concat(Stream.of(ANSIBLE.toString()), Arrays.stream(words)).toArray(String[]::new));
  }

  private String process(String... line) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("ANSIBLE_HOME", tmp.resolve("ansible").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    return said;
  }
}
