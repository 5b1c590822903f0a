package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Network interfaces as `/sys/class/net` describes them, by name.
final class Interfaces {
  /// Kinds of interfaces by their number in the kernel.
  private static final Map<String, String> TYPES =
      Map.of(
          "1", "ether",
          "32", "infiniband",
          "512", "ppp",
          "772", "loopback",
          "65534", "tunnel");

  private static final int PROMISCUOUS = 0x100;

  private Interfaces() {}

  /// @param rows interface, file and what is in it
  static Map<String, Map<String, Object>> of(List<String> rows) {
    Map<String, Map<String, Object>> links = new LinkedHashMap<>();
    for (String row : rows) {
      String[] words = row.split(" ", 3);
      Map<String, Object> link =
          links.computeIfAbsent(
              words[0], name -> new LinkedHashMap<>(Map.of("device", name, "type", "unknown")));
      note(link, words[1], words[2].strip());
    }
    return links;
  }

  private static void note(Map<String, Object> link, String key, String value) {
    switch (key) {
      case "address" -> {
        if (!value.equals("00:00:00:00:00:00")) {
          link.put("macaddress", value);
        }
      }
      case "mtu", "speed" -> link.put(key, Long.parseLong(value));
      case "operstate" -> link.put("active", !value.equals("down"));
      case "type" -> link.put("type", TYPES.getOrDefault(value, "unknown"));
      case "flags" -> link.put("promisc", (Long.decode(value) & PROMISCUOUS) != 0);
      case "bridge/bridge_id" -> {
        link.put("type", "bridge");
        link.put("id", value);
        link.putIfAbsent("interfaces", List.of());
      }
      case "bridge/stp_state" -> link.put("stp", value.equals("1"));
      case "port" -> {
        List<Object> ports = new ArrayList<>();
        if (link.get("interfaces") instanceof List<?> before) {
          ports.addAll(before);
        }
        ports.add(value);
        link.put("interfaces", ports);
      }
      case "bonding/slaves" -> {
        link.put("type", "bonding");
        link.put("slaves", List.of(value.split(" ", -1)));
      }
      case "bonding/mode", "bonding/miimon", "bonding/lacp_rate" ->
          link.put(key.substring("bonding/".length()), value.split(" ", 2)[0]);
      case "bonding/primary" -> link.put("primary", value);
      case "bonding_slave/perm_hwaddr" -> link.put("perm_macaddress", value);
      default -> link.put(key, value);
    }
  }
}
