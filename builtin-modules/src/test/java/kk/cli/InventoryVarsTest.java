package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `kk inventory vars HOST --explain NAME`: which file and line a value of any kind comes from.
class InventoryVarsTest {
  @TempDir Path folder = Path.of("/");

  @BeforeEach
  void write() throws IOException {
    file(
        "hosts.yaml",
        """
        all:
          hosts:
            web1:
              port: 80
              names: [a, b]
          children:
            web:
              hosts: {web1: }
              vars:
                port: 8080
                server:
                  limits: {cpu: 2}
                  ports:
                    - 1
                    - {name: http}
        """);
    file("old.ini", "web1 color=red size=3\n[web]\nweb1\n[web:vars]\nkind = small\n");
    file("group_vars/all.yaml", "depth: 1\nport: 1\n");
    file("group_vars/web/main.yaml", "---\n\ndepth: 2\nspoken: 'on {{ port }}'\n");
    file("host_vars/web1.yaml", "enabled: true\nnothing:\ndb_password: hunter22\n");
    file("config.yaml", "kind: Config\nspec:\n  server:\n    limits:\n      cpu: 3\n");
    file("more.yaml", "extra: 1\n");
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String explained(String name, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "inventory",
                "vars",
                "web1",
                "-i",
                folder.resolve("hosts.yaml").toString(),
                "-i",
                folder.resolve("old.ini").toString(),
                "--explain",
                name));
    words.addAll(List.of(more));
    return CommandRun.of(words.toArray(String[]::new)).output().replace(folder + "/", "");
  }

  @Test
  void aScalarOfEveryFile() {
    assertEquals(
        """
        host web1, hosts.yaml:4
            80
        group all, group_vars/all.yaml:2
            1
        group web, hosts.yaml:10
            8080
        """,
        explained("port"));
    assertEquals(
        """
        group web, group_vars/web/main.yaml:3
            2
        group all, group_vars/all.yaml:1
            1
        """,
        explained("depth"));
    assertEquals("host web1, host_vars/web1.yaml:1\n    true\n", explained("enabled"));
    assertEquals("host web1, host_vars/web1.yaml:2\n    null\n", explained("nothing"));
    assertEquals("host web1, hosts.yaml:5\n    [ \"a\", \"b\" ]\n", explained("names"));
    assertEquals(
        "group web, group_vars/web/main.yaml:4\n    \"on {{ port }}\"\n", explained("spoken"));
  }

  @Test
  void anInventoryInIni() {
    assertEquals("host web1, old.ini:1\n    \"red\"\n", explained("color"));
    assertEquals("host web1, old.ini:1\n    3\n", explained("size"));
    assertEquals("group web, old.ini:5\n    \"small\"\n", explained("kind"));
  }

  @Test
  void whatTheCommandLineGives() {
    String config = folder.resolve("config.yaml").toString();
    assertEquals(
        """
        --set server.limits.cpu=4,x=1
            { "limits": { "cpu": 4 } }
        --config, config.yaml:3
            { "limits": { "cpu": 3 } }
        group web, hosts.yaml:11
            { "limits": { "cpu": 2 }, "ports": [ 1, { "name": "http" } ] }
        """,
        explained("server", "--config", config, "--set", "server.limits.cpu=4,x=1"));
    assertEquals(
        "--set, more.yaml:1\n    1\n", explained("extra", "-e", "@" + folder.resolve("more.yaml")));
    assertEquals("-e extra=2\n    \"2\"\n", explained("extra", "-e", "extra=2"));
  }

  @Test
  void whatIsInsideAVariable() {
    String config = folder.resolve("config.yaml").toString();
    assertEquals(
        """
        --config, config.yaml:5
            3
        group web, hosts.yaml:12
            2
        """,
        explained("server.limits.cpu", "--config", config));
    assertEquals("group web, hosts.yaml:15\n    \"http\"\n", explained("server.ports[1].name"));
    assertEquals("group web, hosts.yaml:13\n    1\n", explained("server.ports[0]"));
    assertTrue(explained("server.ports[2]").contains("no variable is called"));
  }

  @Test
  void secretsStayHidden() {
    assertEquals("host web1, host_vars/web1.yaml:3\n    \"•••\"\n", explained("db_password"));
    assertEquals(
        "--set db.password=•••\n    \"•••\"\n",
        explained("db.password", "--set", "db.password=hunter22"));
  }
}
