package kk.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kk.inventory.Host;
import kk.source.Source;
import kk.source.Span;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4 |          | 4",
        "4 | 1        | 1 1 1 1",
        "5 | 2        | 2 2 1",
        "4 | 30%      | 1 1 1 1",
        "10 | 25%     | 2 2 2 2 2",
        "3 | 1%       | 1 1 1",
        "4 | 100%     | 4",
        "6 | 1,2      | 1 2 2 1",
        "10 | 1,50%,9 | 1 5 4",
        "4 | 0        | 4",
        "2 | 200%     | 2",
        "0 | 1        | ''"
      })
  void cutsAsSerialSays(int hosts, String serial, String sizes) {
    List<Host> all = new ArrayList<>();
    for (int i = 0; i < hosts; i++) {
      all.add(new Host("h" + i, Span.whole(new Source("inventory", "")), Map.of()));
    }
    List<List<Host>> batches =
        Batches.of(all, serial == null ? List.of() : List.of(serial.split(",", -1)));

    List<String> cut = batches.stream().map(batch -> String.valueOf(batch.size())).toList();
    assertEquals(sizes, String.join(" ", cut));
    assertEquals(all, batches.stream().flatMap(List::stream).toList());
  }
}
