package kk.run;

import java.util.ArrayList;
import java.util.List;
import kk.inventory.Host;

/// Hosts cut into batches as `serial` says: numbers or percentages, of which the last one repeats.
final class Batches {
  private Batches() {}

  static List<List<Host>> of(List<Host> hosts, List<String> serial) {
    List<List<Host>> batches = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < hosts.size(); i++) {
      int size =
          serial.isEmpty()
              ? hosts.size()
              : size(serial.get(Math.min(i, serial.size() - 1)), hosts.size());
      int to = Math.min(hosts.size(), from + size);
      batches.add(hosts.subList(from, to));
      from = to;
    }
    return batches;
  }

  private static int size(String text, int all) {
    String number = text.strip();
    int size =
        number.endsWith("%")
            ? (int) (Double.parseDouble(number.substring(0, number.length() - 1)) * all / 100)
            : (int) Double.parseDouble(number);
    return size <= 0 ? number.endsWith("%") ? 1 : all : size;
  }
}
