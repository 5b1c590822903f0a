package kk.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.vault.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InventoryReaderTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path folder;

  private final Problems problems = new Problems();

  private Inventory read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("inventory.yaml"), text);
    return InventoryReader.read(List.of(file.toString()), Vault.CLOSED, problems);
  }

  private Inventory fine(String text) throws IOException {
    Inventory inventory = read(text);
    assertEquals(List.of(), problems.sorted());
    return inventory;
  }

  private static List<String> names(List<Host> hosts) {
    return hosts.stream().map(Host::name).toList();
  }

  /// Variables of a host as they come out in the end.
  private static Map<String, Object> vars(Inventory inventory, String host) {
    Host found = inventory.find(host).orElseThrow();
    Map<String, Object> vars = new LinkedHashMap<>();
    inventory.groupVars(found).forEach(group -> vars.putAll(group.values()));
    vars.putAll(found.vars());
    return vars;
  }

  @Test
  void theInventoryOfTheSpecification() throws IOException {
    Inventory inventory =
        fine(
            """
            apiVersion: kubekey.kubesphere.io/v1
            kind: Inventory
            metadata:
              name: default
            spec:
              hosts:
                node1:
                  connector: {type: ssh, host: 10.0.0.1, port: 22}
                  internal_ipv4: 10.0.0.1
                node2:
              vars:
                where: all
              groups:
                k8s_cluster:
                  groups: [kube_control_plane, kube_worker]
                  vars: {where: cluster}
                kube_control_plane:
                  hosts: [node1]
                kube_worker:
                  hosts: [node2, localhost]
                empty:
                image_registry:
                  hosts: [node1]
            """);

    assertEquals(List.of("node1", "node2", "localhost"), names(inventory.hosts()));
    assertEquals(List.of("node1", "node2", "localhost"), names(inventory.hostsOf("k8s_cluster")));
    assertEquals(List.of(), inventory.hostsOf("empty"));
    assertEquals(List.of(), inventory.hostsOf("ungrouped"));
    assertEquals("cluster", vars(inventory, "node2").get("where"));
    assertEquals("10.0.0.1", vars(inventory, "node1").get("internal_ipv4"));
  }

  @Test
  void aSpecificationWithoutHostsKnowsThisMachine() throws IOException {
    Inventory inventory =
        fine(
            """
            kind: Inventory
            spec:
              hosts:
              groups:
                image_registry:
                  hosts:
                    - localhost
            """);

    assertEquals(List.of("localhost"), names(inventory.hosts()));
    assertEquals(List.of("localhost"), names(inventory.hostsOf("image_registry")));
  }

  @Test
  void localhostIsKnownButInNoGroup() throws IOException {
    Inventory inventory = fine("kind: Inventory\nspec: {hosts: {a: }}\n");

    assertEquals(Optional.of("localhost"), inventory.find("localhost").map(Host::name));
    assertEquals(Optional.of("localhost"), inventory.find("127.0.0.1").map(Host::name));
    assertEquals(List.of("a"), names(inventory.hostsOf("all")));
    assertEquals(Optional.empty(), inventory.find("other"));
  }

  @Test
  void rangesKeepTheirZeros() throws IOException {
    Inventory inventory =
        fine("web:\n  hosts:\n    w[08:11].x:\n    db-[a:c]:\n    s[1:9:4]:\n    g[1:2]-[a:b]:\n");

    assertEquals(
        List.of(
            "w08.x", "w09.x", "w10.x", "w11.x", "db-a", "db-b", "db-c", "s1", "s5", "s9", "g1-a",
            "g1-b", "g2-a", "g2-b"),
        names(inventory.hosts()));
  }

  @Test
  void innerGroupsOverrideOuterOnes() throws IOException {
    Inventory inventory =
        fine(
            """
            all:
              vars: {v: all, a: all, p: all}
              hosts:
                alone:
              children:
                outer:
                  vars: {v: outer, o: outer}
                  children:
                    inner:
                      vars: {v: inner}
                      hosts:
                        h: {w: host}
                zebra:
                  vars: {o: zebra, p: zebra}
                  hosts: {h: }
                apple:
                  vars: {p: apple, ansible_group_priority: 10}
                  hosts: {h: }
            """);

    assertEquals("inner", vars(inventory, "h").get("v"));
    assertEquals("all", vars(inventory, "h").get("a"));
    assertEquals("zebra", vars(inventory, "h").get("o"));
    assertEquals("apple", vars(inventory, "h").get("p"));
    assertEquals("host", vars(inventory, "h").get("w"));
    assertEquals(List.of("alone"), names(inventory.hostsOf("ungrouped")));
    assertEquals(List.of("alone", "h"), names(inventory.hosts()));
  }

  @Test
  void childrenStandInTheOrderOfWriting() throws IOException {
    Inventory inventory =
        fine(
            """
            both:
              children:
                second:
                first:
            first:
              hosts: {a: , b: }
            second:
              hosts: {c: , a: }
            """);

    assertEquals(List.of("c", "a", "b"), names(inventory.hostsOf("both")));
  }

  @Test
  void scalarsKeepTheirText() throws IOException {
    Inventory inventory = fine("all:\n  hosts:\n    a: {mode: 0644, v: 2.10, on: yes, n: 5}\n");

    assertEquals(Map.of("mode", "0644", "v", "2.10", "on", true, "n", 5L), vars(inventory, "a"));
  }

  @Test
  void foldersBesideCount() throws IOException {
    Files.createDirectories(folder.resolve("group_vars/web"));
    Files.createDirectories(folder.resolve("host_vars"));
    Files.writeString(folder.resolve("group_vars/all.yaml"), "v: all\na: all\n");
    Files.writeString(folder.resolve("group_vars/web/b.yml"), "v: b\n");
    Files.writeString(folder.resolve("group_vars/web/a.yml"), "v: a\nw: a\n");
    Files.writeString(folder.resolve("group_vars/nobody.yaml"), "v: nobody\n");
    Files.writeString(folder.resolve("host_vars/one.yaml"), "x: file\n");
    Inventory inventory = fine("web:\n  hosts:\n    one: {x: line, y: line}\n  vars: {z: line}\n");

    assertEquals(
        Map.of("v", "b", "a", "all", "w", "a", "x", "file", "y", "line", "z", "line"),
        vars(inventory, "one"));
  }

  @Test
  void aFileWithoutAMappingIsToldAndAnEmptyOneIsNone() throws IOException {
    Files.createDirectories(folder.resolve("group_vars"));
    Files.writeString(folder.resolve("group_vars/all.yaml"), "# nothing yet\n");
    Files.writeString(folder.resolve("group_vars/web.yaml"), "- v: list\n");

    read("web: {hosts: {one: }}\n");

    assertEquals(
        List.of("variables have to be a mapping"),
        problems.sorted().stream().map(Problem::title).toList());
  }

  @Test
  void thePlaybooksFoldersWin() throws IOException {
    Path playbooks = folder.resolve("playbooks");
    Files.createDirectories(playbooks.resolve("group_vars"));
    Files.writeString(playbooks.resolve("group_vars/all.yaml"), "v: playbook\n");
    Inventory inventory = fine("all:\n  hosts: {a: }\n  vars: {v: line, w: line}\n");

    assertEquals(
        Map.of("v", "playbook", "w", "line"),
        vars(InventoryReader.withAdjacent(inventory, playbooks, Vault.CLOSED, problems), "a"));
  }

  @Test
  void whereAVariableIsWrittenCountsMoreThanHowFarInItsGroupIs() throws IOException {
    Path playbooks = folder.resolve("playbooks");
    Files.createDirectories(playbooks.resolve("group_vars"));
    Files.createDirectories(folder.resolve("group_vars"));
    Files.writeString(folder.resolve("group_vars/all.yaml"), "a: inventory\nb: inventory\n");
    Files.writeString(folder.resolve("group_vars/outer.yaml"), "c: inventory\nd: inventory\n");
    Files.writeString(folder.resolve("group_vars/inner.yaml"), "e: inventory\n");
    Files.writeString(playbooks.resolve("group_vars/all.yaml"), "b: playbook\nc: playbook\n");
    Files.writeString(playbooks.resolve("group_vars/outer.yaml"), "d: playbook\ne: playbook\n");

    Inventory inventory =
        fine(
            """
            outer:
              children:
                inner:
                  hosts: {one: }
                  vars: {a: line, c: line, f: line}
            """);

    assertEquals(
        Map.of(
            "a", "inventory",
            "b", "playbook",
            "c", "inventory",
            "d", "playbook",
            "e", "playbook",
            "f", "line"),
        vars(InventoryReader.withAdjacent(inventory, playbooks, Vault.CLOSED, problems), "one"));
  }

  @Test
  void severalFilesAddUp() throws IOException {
    Path first = Files.writeString(folder.resolve("1.yaml"), "web:\n  hosts: {a: {v: 1, w: 1}}\n");
    Path second = Files.writeString(folder.resolve("2.yaml"), "web:\n  hosts: {b: , a: {v: 2}}\n");
    Inventory inventory =
        InventoryReader.read(List.of(first.toString(), second.toString()), Vault.CLOSED, problems);

    assertEquals(List.of("a", "b"), names(inventory.hostsOf("web")));
    assertEquals(Map.of("v", 2L, "w", 1L), vars(inventory, "a"));
  }

  @Test
  void membersThatJoinLaterStandWhereTheInventoryHasThem() throws IOException {
    Inventory inventory = fine("all:\n  hosts: {a: , b: , c: }\n");
    for (String name : List.of("c", "a", "b", "a")) {
      inventory = inventory.withMember(inventory.find(name).orElseThrow(), "made", List.of());
    }
    assertEquals(List.of("a", "b", "c"), names(inventory.hostsOf("made")));
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    read(
        """
        kind: Inventory
        spec:
          hosts:
            a: text
          groups:
            web:
              hosts: [a, c]
              groups: [nowhere]
              hots: []
            db: [a]
        """);

    List<String> told = new ArrayList<>();
    problems
        .sorted()
        .forEach(
            p -> told.add(p.at().line() + ":" + p.at().column() + " " + p.id() + " " + p.title()));
    assertEquals(
        List.of(
            "4:8 inventory-form the variables of host `a` have to be a mapping, not text",
            "7:18 unknown-host there is no host `c`",
            "8:16 unknown-group there is no group `nowhere`",
            "9:7 unknown-key an inventory has no key `hots` here",
            "10:9 inventory-form `db` has to be a mapping, not a list"),
        told);
  }
}
