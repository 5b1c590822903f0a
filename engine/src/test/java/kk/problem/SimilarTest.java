package kk.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarTest {
  private static final List<String> NAMES =
      List.of("hosts", "gather_facts", "copy", "command", "when", "loop", "until");

  @ParameterizedTest
  @CsvSource({
    "host, hosts",
    "Hosts, hosts",
    "gatherfacts, gather_facts",
    "gather-facts, gather_facts",
    "gather_fatcs, gather_facts",
    "coyp, copy",
    "comand, command",
    "wehn, when",
    "loops, loop"
  })
  void findsWhatWasMeant(String given, String meant) {
    assertEquals(Optional.of(meant), Similar.to(given, NAMES));
  }

  @ParameterizedTest
  @CsvSource({"xyz", "template", "w", "commission"})
  void suggestsNothingFarAway(String given) {
    assertEquals(Optional.empty(), Similar.to(given, NAMES));
  }

  @Test
  void suggestsNothingOfNothing() {
    assertEquals(Optional.empty(), Similar.to("copy", List.of()));
    assertEquals(Optional.empty(), Similar.to("copy", List.of("copy")));
  }
}
