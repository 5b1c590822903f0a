package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserModuleTest {
  private final TestHost host;
  private String homes = "";

  UserModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @BeforeEach
  void aHostWithAccountsInFiles() throws IOException {
    String d = host.directory.toString();
    homes = d + "/home";
    Files.createDirectories(Path.of(homes, "ann"));
    host.environment.put("TMPDIR", Files.createDirectory(host.path("scratch")).toString());
    String ids =
        Files.getAttribute(host.directory, "unix:uid")
            + ":"
            + Files.getAttribute(host.directory, "unix:gid");
    host.write("db/passwd", "ann:x:" + ids + ":Ann:" + homes + "/ann:/bin/sh\n");
    host.write("db/group", "users:x:100:\ndocker:x:998:\nadm:x:4:ann\nmy own:x:997:\n");
    host.write("db/shadow", "ann:OLDHASH:19000:0:99999:7:::\n");
    host.program(
        "getent",
        "if [ -n \"$2\" ]; then grep \"^$2:\" " + d + "/db/$1; else cat " + d + "/db/$1; fi");
    host.program(
        "useradd",
        "for n; do :; done; echo \"$n:x:"
            + ids
            + "::"
            + homes
            + "/$n:/bin/sh\" >>"
            + d
            + "/db/passwd; echo \"$n:!:19000:0:99999:7:::\" >>"
            + d
            + "/db/shadow");
    host.program("usermod", "");
    host.program("userdel", ": >" + d + "/db/passwd");
    host.program("chage", "");
    host.program("chpasswd", "cat >>" + d + "/stdin");
    host.program("groupadd", "for n; do :; done; echo \"$n:x:2000:\" >>" + d + "/db/group");
    host.program("groupdel", "for n; do :; done; sed -i \"/^$n:/d\" " + d + "/db/group");
  }

  private List<String> actions() {
    return host.calls().stream().filter(call -> !call.startsWith("getent")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void makesAnAccount(String shell) {
    host.in(shell);
    Object[] arguments = {
      "name", "bob", "shell", "/bin/sh", "system", true, "create_home", false, "password", "$6$x"
    };

    host.onlyChecks(new UserModule(), arguments);
    assertEquals(List.of(), actions());
    Map<String, Object> values = host.changed(new UserModule(), arguments);

    assertEquals(homes + "/bob", values.get("home"));
    assertEquals("NOT_LOGGING_PASSWORD", values.get("password"));
    assertEquals(true, values.get("system"));
    assertEquals(List.of("useradd -s /bin/sh -r -M bob", "chpasswd -e"), actions());
    assertEquals("bob:$6$x\n", host.text("stdin"));
    host.write("db/shadow", "bob:$6$x:19000::::::\n");
    assertEquals(false, host.unchanged(new UserModule(), arguments).get("append"));
    assertFalse(host.calls().toString().contains("$6$x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void makesAnAccountWithAllThereIsToSay(String shell) throws IOException {
    host.in(shell);
    Object[] arguments = {
      "name",
      "bob",
      "groups",
      List.of("adm", "my own"),
      "home",
      homes + "/far/bob",
      "skeleton",
      "/etc/skel",
      "umask",
      "0077",
      "uid_min",
      3000L,
      "uid_max",
      3999L,
      "seuser",
      "user_u",
      "expires",
      1893500000.5,
      "password",
      "$6$x",
      "password_lock",
      true,
      "password_expire_max",
      90L,
      "password_expire_min",
      0L,
      "password_expire_warn",
      7L,
      "password_expire_account_disable",
      5L,
      "hidden",
      true,
      "role",
      "x"
    };
    Map<String, Object> values = host.changed(new UserModule(), arguments);
    assertEquals("adm,my own", values.get("groups"));
    assertEquals(
        List.of(
            "useradd -Z user_u -d "
                + homes
                + "/far/bob -k /etc/skel -m -K UMASK=0077 -G adm,my own -e 2030-01-01"
                + " -K UID_MIN=3000 -K UID_MAX=3999 bob",
            "chpasswd -e",
            "chage -M 90 -I 5 bob"),
        actions());
    assertEquals("bob:!$6$x\n", host.text("stdin"));
    assertTrue(Files.isDirectory(Path.of(homes, "far")), "the parent that useradd won't make");
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(homes, "bob"))));
  }

  @Test
  void changesOnlyWhatDiffers() {
    host.unchanged(new UserModule(), "name", "ann", "comment", "Ann");
    host.unchanged(new UserModule(), "name", "ann", "groups", "adm");
    host.changed(new UserModule(), "name", "ann", "groups", "docker", "append", true);
    host.changed(
        new UserModule(),
        "name",
        "ann",
        "groups",
        "docker",
        "home",
        homes + "/a b",
        "move_home",
        true,
        "create_home",
        false);
    host.changed(new UserModule(), "name", "ann", "groups", "");
    assertEquals(
        List.of(
            "usermod -a -G docker ann",
            "usermod -d " + homes + "/a b -m -G docker ann",
            "usermod -G  ann"),
        actions());
    assertEquals(
        "Group nobody-s does not exist",
        host.failure(new UserModule(), "name", "ann", "group", "nobody-s"));
    assertEquals(
        "Group nobody-s does not exist",
        host.failure(new UserModule(), "name", "new", "groups", "adm,nobody-s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void setsPasswordsAndLocksThem(String shell) {
    host.in(shell);
    host.unchanged(new UserModule(), "name", "ann", "password", "OLDHASH");
    host.unchanged(new UserModule(), "name", "ann", "password_lock", false);
    host.unchanged(
        new UserModule(), "name", "ann", "password", "NEW", "update_password", "on_create");
    host.changed(new UserModule(), "name", "ann", "password", "NEW", "password_lock", true);
    host.changed(new UserModule(), "name", "ann", "password_lock", true);
    host.write("db/shadow", "ann:!OLDHASH:19000:0:99999:7:::\n");
    host.unchanged(new UserModule(), "name", "ann", "password", "OLDHASH");
    host.unchanged(new UserModule(), "name", "ann", "password", "OLDHASH", "password_lock", true);
    host.changed(new UserModule(), "name", "ann", "password", "OLDHASH", "password_lock", false);
    host.changed(new UserModule(), "name", "ann", "password", "*");
    assertEquals(
        List.of("chpasswd -e", "usermod -L ann", "usermod -U ann", "chpasswd -e"), actions());
    assertEquals("ann:!NEW\nann:*\n", host.text("stdin"));
    assertEquals(
        1, host.run(new UserModule(), "name", "ann", "password", "p").details().warnings().size());
  }

  @Test
  void letsAccountsAndPasswordsAge() {
    host.unchanged(new UserModule(), "name", "ann", "password_expire_max", 99999L, "expires", -1L);
    host.unchanged(new UserModule(), "name", "ann", "password_expire_account_disable", -1L);
    host.onlyChecks(new UserModule(), "name", "ann", "password_expire_min", 3L);
    host.changed(new UserModule(), "name", "ann", "password_expire_min", 3L, "expires", 86_400L);
    host.write("db/shadow", "ann:x:19000:0:99999:7::1:\n");
    host.unchanged(new UserModule(), "name", "ann", "expires", 90_000L);
    host.changed(new UserModule(), "name", "ann", "expires", -1L, "password_expire_warn", -1L);
    assertEquals(
        List.of(
            "usermod -e 1970-01-02 ann", "chage -m 3 ann", "usermod -e  ann", "chage -W -1 ann"),
        actions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void makesKeys(String shell) throws IOException, InterruptedException {
    host.in(shell);
    host.program("ssh-keygen", "exec /usr/bin/ssh-keygen \"$@\"");
    Object[] arguments = {
      "name", "ann",
      "generate_ssh_key", true,
      "ssh_key_type", "ed25519",
      "ssh_key_comment", "of ann",
      "ssh_key_passphrase", "open $sesame \\n"
    };
    String file = homes + "/ann/.ssh/id_ed25519";
    host.onlyChecks(new UserModule(), arguments);
    Map<String, Object> values = host.changed(new UserModule(), arguments);

    assertEquals(file, values.get("ssh_key_file"));
    assertTrue(
        String.valueOf(values.get("ssh_fingerprint")).matches("256 SHA256:.* of ann \\(ED25519\\)"),
        values.toString());
    assertEquals(Files.readString(Path.of(file + ".pub")).strip(), values.get("ssh_public_key"));
    assertEquals(
        List.of("drwx------", "-rw-------", "-rw-r--r--"),
        List.of(mode(homes + "/ann/.ssh"), mode(file), mode(file + ".pub")));
    assertFalse(host.calls().toString().contains("sesame"), host.calls().toString());
    assertEquals(0, opens(file, "open $sesame \\n"));
    assertNotEquals(0, opens(file, ""));

    assertEquals(
        values.get("ssh_public_key"),
        host.unchanged(new UserModule(), arguments).get("ssh_public_key"));
    Object key = values.get("ssh_public_key");
    Map<String, Object> again =
        host.changed(
            new UserModule(),
            "name",
            "ann",
            "generate_ssh_key",
            true,
            "ssh_key_type",
            "ed25519",
            "force",
            true);
    assertNotEquals(key, again.get("ssh_public_key"));
    assertEquals(0, opens(file, ""));
    assertTrue(String.valueOf(again.get("ssh_public_key")).contains("ansible-generated on "));
    assertEquals(List.of(), leftovers());
  }

  /// A key without the protection that was asked for is worse than none.
  @Test
  void makesNoKeyWithoutItsPassphrase() {
    host.program("ssh-keygen", "unset SSH_ASKPASS; exec /usr/bin/ssh-keygen \"$@\" -N ''");
    String why =
        host.failure(
            new UserModule(),
            "name",
            "ann",
            "generate_ssh_key",
            true,
            "ssh_key_bits",
            1024L,
            "ssh_key_passphrase",
            "sesame",
            "ssh_key_file",
            "keys");
    assertTrue(why.contains("no passphrase"), why);
    assertEquals(List.of(), host.listing().stream().filter(f -> f.contains("ann/keys")).toList());
    assertEquals(List.of(), leftovers());
  }

  private List<String> leftovers() {
    return host.listing().stream().filter(file -> file.contains("/scratch/")).toList();
  }

  private static String mode(String path) throws IOException {
    return (Files.isDirectory(Path.of(path)) ? "d" : "-")
        + PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(path)));
  }

  private static int opens(String key, String passphrase) throws IOException, InterruptedException {
    return new ProcessBuilder("/usr/bin/ssh-keygen", "-y", "-P", passphrase, "-f", key)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /// The host's own files are this machine's: root is in them, nobody called kk-local is.
  @Test
  void knowsLocalAccounts() {
    assertTrue(
        host.failure(new UserModule(), "name", "kk-local", "local", true).contains("no luseradd"));
    for (String program : List.of("luseradd", "lusermod", "lgroupmod", "lgroupadd", "lchage")) {
      host.program(program, "");
    }
    host.unchanged(new UserModule(), "name", "root", "local", true, "home", "/root");
    host.changed(new UserModule(), "name", "root", "local", true, "comment", "kk", "expires", 1e9);
    host.onlyChecks(new GroupModule(), "name", "kk-local", "local", true);
    host.changed(new GroupModule(), "name", "kk-local", "local", true, "system", true);
    assertEquals(
        List.of("lusermod -c kk root", "lchage -E 11574 root", "lgroupadd -r kk-local"), actions());
    assertTrue(
        host.failure(new GroupModule(), "name", "kk-local", "local", true, "gid", 0L)
            .contains("belongs to the group root"));
    assertTrue(
        host.refusal(new UserModule(), "name", "a", "local", true, "umask", "077")
            .contains("goes without"));
    assertTrue(
        host.refusal(new GroupModule(), "name", "a", "local", true, "gid_min", 1L)
            .contains("goes without"));
  }

  @Test
  void removes() {
    host.onlyChecks(new UserModule(), "name", "ann", "state", "absent");
    Map<String, Object> values =
        host.changed(
            new UserModule(), "name", "ann", "state", "absent", "remove", true, "force", true);
    assertEquals(Map.of("name", "ann", "state", "absent", "remove", true, "force", true), values);
    host.unchanged(new UserModule(), "name", "ann", "state", "absent");
    assertEquals(List.of("userdel -f -r ann"), actions());
  }

  @Test
  void makesGroups() {
    host.onlyChecks(new GroupModule(), "name", "kk");
    Map<String, Object> values =
        host.changed(
            new GroupModule(), "name", "kk", "system", true, "gid_min", 90L, "gid_max", 99L);
    assertEquals(Map.of("name", "kk", "state", "present", "gid", 2000L, "system", true), values);
    host.unchanged(new GroupModule(), "name", "kk");
    host.changed(new GroupModule(), "name", "kk", "state", "absent", "force", true);
    host.unchanged(new GroupModule(), "name", "kk", "state", "absent");
    assertEquals(
        List.of("groupadd -r -K GID_MIN=90 -K GID_MAX=99 kk", "groupdel -f kk"), actions());
  }

  @Test
  void refusesBadInput() {
    assertTrue(host.refusal(new UserModule(), "name", "a:b").contains("can't be the name"));
    assertTrue(host.refusal(new GroupModule(), "name", "-x").contains("can't be the name"));
    assertTrue(host.refusal(new GroupModule(), "name", "x", "non_unique", true).contains("`gid`"));
    assertTrue(host.refusal(new UserModule(), "name", "a", "append", true).contains("`groups`"));
    assertTrue(host.refusal(new UserModule(), "name", "a", "umask", "u=rw").contains("octal"));
    assertTrue(host.refusal(new UserModule(), "name", "a", "password", "a:b").contains("colon"));
    assertTrue(
        host.refusal(new UserModule(), "name", "a", "ssh_key_passphrase", "a\nb")
            .contains("one line"));
  }
}
