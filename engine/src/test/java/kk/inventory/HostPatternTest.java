package kk.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kk.problem.Problems;
import kk.vault.Vault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternTest {
  private Inventory inventory = Inventory.empty();

  @BeforeEach
  void readInventory(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("inventory.yaml"),
            """
            web:
              hosts: {web3: , web1: , web2: }
            db:
              hosts: {db1: , db2.example.com: }
            east:
              hosts: {web1: , db1: }
            both:
              children: {db: , web: }
            plain:
              hosts: {10.0.0.1: , "fe80::1": }
            """);
    inventory = InventoryReader.read(List.of(file.toString()), Vault.CLOSED, new Problems());
  }

  private String select(String... patterns) {
    List<Host> hosts = new HostPattern(inventory).select(List.of(patterns));
    return String.join(" ", hosts.stream().map(Host::name).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web1          | web1",
        "web           | web3 web1 web2",
        "both          | db1 db2.example.com web3 web1 web2",
        "all           | web3 web1 web2 db1 db2.example.com 10.0.0.1 fe80::1",
        "*             | web3 web1 web2 db1 db2.example.com 10.0.0.1 fe80::1",
        "web,db1       | web3 web1 web2 db1",
        "web:db1       | web3 web1 web2 db1",
        "web,,db1,     | web3 web1 web2 db1",
        "web2,web      | web2 web3 web1",
        "web:&east     | web1",
        "&east:web     | web1",
        "web:!web1     | web3 web2",
        "!web1:web     | web3 web2",
        "!web          | db1 db2.example.com 10.0.0.1 fe80::1",
        "&east         | web1 db1",
        "!web,&east    | db1",
        "web,db,&east,!db1 | web1",
        "web*          | web3 web1 web2",
        "*.example.com | db2.example.com",
        "web?          | web3 web1 web2",
        "web[12]       | ''",
        "w*[12]        | ''",
        "w*[1]         | web1",
        "?eb[1-2]      | web1 web2",
        "~web[12]      | web1 web2",
        "~^.*b1$       | web1 db1",
        "~b1$          | ''",
        "~.*\\.com     | db2.example.com",
        "web[0]        | web3",
        "web[-1]       | web2",
        "web[1:2]      | web1 web2",
        "web[1:]       | web1 web2",
        "web[:1]       | web3 web1",
        "web[0:-2]     | web3 web1",
        "web[7]        | ''",
        "all:!web[0]   | web1 web2 db1 db2.example.com 10.0.0.1 fe80::1",
        "nobody        | ''",
        "localhost     | localhost",
        "127.0.0.1     | localhost",
        "all:!localhost | web3 web1 web2 db1 db2.example.com 10.0.0.1 fe80::1",
        "10.0.0.1      | 10.0.0.1",
        "fe80::1       | fe80::1",
        "ungrouped     | ''"
      })
  void selects(String pattern, String hosts) {
    assertEquals(hosts, select(pattern));
  }

  @Test
  void severalPatternsActAsOne() {
    assertEquals("web3 web2", select("web", "!web1"));
    assertEquals("", select());
  }

  @Test
  void randomIsOneOfThem() {
    assertTrue(List.of("web1", "web2", "web3").contains(select("web|random")));
  }
}
