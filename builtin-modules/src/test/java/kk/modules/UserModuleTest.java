package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserModuleTest {
  private final TestHost host;

  UserModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  @BeforeEach
  void aHostWithAccountsInFiles() {
    String d = host.directory.toString();
    host.write("db/passwd", "ann:x:1001:100:Ann:/home/ann:/bin/sh\n");
    host.write("db/group", "users:x:100:\ndocker:x:998:\nadm:x:4:ann\n");
    host.write("db/shadow", "ann:OLDHASH:19000::::::\n");
    host.program(
        "getent",
        "if [ -n \"$2\" ]; then grep \"^$2:\" " + d + "/db/$1; else cat " + d + "/db/$1; fi");
    host.program(
        "useradd",
        "for n; do :; done; echo \"$n:x:1002:100::/home/$n:/bin/sh\" >>" + d + "/db/passwd");
    host.program("usermod", "");
    host.program("userdel", ": >" + d + "/db/passwd");
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

    assertEquals(1002L, values.get("uid"));
    assertEquals(List.of("useradd -s /bin/sh -r -M bob", "chpasswd -e"), actions());
    assertEquals("bob:$6$x\n", host.text("stdin"));
    host.write("db/shadow", "bob:$6$x:19000::::::\n");
    host.unchanged(new UserModule(), arguments);
    assertFalse(host.calls().toString().contains("$6$x"));
  }

  @Test
  void changesOnlyWhatDiffers() {
    host.unchanged(new UserModule(), "name", "ann", "group", "users", "comment", "Ann");
    host.unchanged(new UserModule(), "name", "ann", "groups", "adm");
    host.changed(new UserModule(), "name", "ann", "groups", "docker", "append", true);
    host.changed(new UserModule(), "name", "ann", "groups", "docker", "home", "/srv/a b");
    host.changed(new UserModule(), "name", "ann", "password", "NEW");
    host.unchanged(new UserModule(), "name", "ann", "password", "OLDHASH");
    host.unchanged(
        new UserModule(), "name", "ann", "password", "NEW", "update_password", "on_create");
    assertEquals(
        List.of("usermod -a -G docker ann", "usermod -d /srv/a b -G docker ann", "chpasswd -e"),
        actions());
  }

  @Test
  void removes() {
    host.onlyChecks(new UserModule(), "name", "ann", "state", "absent");
    host.changed(new UserModule(), "name", "ann", "state", "absent", "remove", true);
    host.unchanged(new UserModule(), "name", "ann", "state", "absent");
    assertEquals(List.of("userdel -r ann"), actions());
  }

  @Test
  void makesGroups() {
    host.onlyChecks(new GroupModule(), "name", "kk");
    assertEquals(2000L, host.changed(new GroupModule(), "name", "kk", "system", true).get("gid"));
    host.unchanged(new GroupModule(), "name", "kk");
    host.changed(new GroupModule(), "name", "kk", "state", "absent");
    host.unchanged(new GroupModule(), "name", "kk", "state", "absent");
    assertEquals(List.of("groupadd -r kk", "groupdel kk"), actions());
  }

  @Test
  void refusesBadInput() {
    assertTrue(host.refusal(new UserModule(), "name", "a:b").contains("can't be the name"));
    assertTrue(host.refusal(new GroupModule(), "name", "-x").contains("can't be the name"));
    assertTrue(host.refusal(new UserModule(), "name", "a", "append", true).contains("`groups`"));
  }
}
