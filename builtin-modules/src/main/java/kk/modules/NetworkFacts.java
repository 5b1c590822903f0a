package kk.modules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Interfaces, addresses and default routes, from the tables `ip` and `/sys` gave.
final class NetworkFacts {
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\d+: +(\\S+?)(?:@\\S+)? +(inet6?) +([^\\s/]+)(?:/(\\d+))?(.*?scope (\\S+))?.*");
  private static final Pattern BROADCAST = Pattern.compile(" brd (\\S+)");
  private static final Pattern ROUTE = Pattern.compile("default(?: via (\\S+))?.* dev (\\S+).*");
  private static final Pattern IFCONFIG =
      Pattern.compile(" *inet (?:addr:)?(\\S+).*?(?:[Mm]ask[: ])(\\S+).*");

  private final Map<String, Map<String, Object>> links = new LinkedHashMap<>();
  private final List<Object> all4 = new ArrayList<>();
  private final List<Object> all6 = new ArrayList<>();
  private final Map<String, Object> default4 = new LinkedHashMap<>();
  private final Map<String, Object> default6 = new LinkedHashMap<>();

  private NetworkFacts() {}

  static Map<String, Object> of(FactLines lines) {
    NetworkFacts network = new NetworkFacts();
    Interfaces.of(lines.rows("interface")).forEach(network.links::put);
    lines.rows("address").forEach(network::address);
    lines.rows("route4").forEach(row -> network.route(row, network.default4, "ipv4"));
    lines.rows("route6").forEach(row -> network.route(row, network.default6, "ipv6"));
    String link = "";
    for (String row : lines.rows("ifconfig")) {
      link = network.ifconfig(row, link);
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("interfaces", List.copyOf(network.links.keySet()));
    facts.put("all_ipv4_addresses", network.all4);
    facts.put("all_ipv6_addresses", network.all6);
    facts.put("default_ipv4", network.default4);
    facts.put("default_ipv6", network.default6);
    facts.put("dns", names(lines.rows("dns")));
    network.links.forEach((name, about) -> facts.put(name.replaceAll("[^A-Za-z0-9]", "_"), about));
    return facts;
  }

  /// What `/etc/resolv.conf` says.
  private static Map<String, Object> names(List<String> rows) {
    Map<String, Object> dns = new LinkedHashMap<>();
    List<String> servers = new ArrayList<>();
    for (String row : rows) {
      List<String> words = List.of(row.strip().split("\\s+"));
      List<String> values = words.subList(1, words.size());
      switch (words.getFirst()) {
        case "nameserver" -> servers.addAll(values);
        case "domain" -> values.stream().findFirst().ifPresent(name -> dns.put("domain", name));
        case "search", "sortlist" -> dns.put(words.getFirst(), values);
        case "options" -> dns.put("options", options(values));
        default -> {}
      }
    }
    if (!servers.isEmpty()) {
      dns.put("nameservers", servers);
    }
    return dns;
  }

  private static Map<String, Object> options(List<String> words) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (String word : words) {
      String[] pair = word.split(":", 2);
      options.put(pair[0], pair.length > 1 ? pair[1] : true);
    }
    return options;
  }

  private void address(String line) {
    Matcher found = ADDRESS.matcher(line);
    if (!found.matches()) {
      return;
    }
    String name = found.group(1);
    String address = found.group(3);
    int prefix = found.group(4) == null ? 32 : Integer.parseInt(found.group(4));
    Map<String, Object> link = links.computeIfAbsent(name, NetworkFacts::unknown);
    if (found.group(2).equals("inet")) {
      Map<String, Object> ipv4 = ipv4(address, prefix);
      Matcher broadcast = BROADCAST.matcher(line);
      ipv4.put("broadcast", broadcast.find() ? broadcast.group(1) : "");
      add4(link, ipv4);
    } else {
      Map<String, Object> ipv6 = new LinkedHashMap<>();
      ipv6.put("address", address);
      ipv6.put("prefix", Integer.toString(prefix));
      String scope = found.group(6) == null ? "" : found.group(6);
      ipv6.put("scope", scope);
      append(link, "ipv6", ipv6);
      if (!scope.equals("host")) {
        all6.add(address);
      }
    }
  }

  private void add4(Map<String, Object> link, Map<String, Object> ipv4) {
    if (link.putIfAbsent("ipv4", ipv4) != null) {
      append(link, "ipv4_secondaries", ipv4);
    }
    if (!String.valueOf(ipv4.get("address")).startsWith("127.")) {
      all4.add(String.valueOf(ipv4.get("address")));
    }
  }

  private static void append(Map<String, Object> link, String key, Object value) {
    List<Object> list = new ArrayList<>();
    if (link.get(key) instanceof List<?> before) {
      list.addAll(before);
    }
    list.add(value);
    link.put(key, list);
  }

  private void route(String line, Map<String, Object> facts, String family) {
    Matcher found = ROUTE.matcher(line);
    if (!facts.isEmpty() || !found.matches()) {
      return;
    }
    String name = found.group(2);
    facts.put("interface", name);
    facts.put("alias", name);
    facts.put("gateway", found.group(1) == null ? "" : found.group(1));
    Map<String, Object> link = links.computeIfAbsent(name, NetworkFacts::unknown);
    List<?> addresses =
        switch (link.get(family)) {
          case List<?> several -> several;
          case Map<?, ?> one -> List.of(one);
          case null, default -> List.of();
        };
    for (Object address : addresses.reversed()) {
      if (address instanceof Map<?, ?> map && !"link".equals(map.get("scope"))) {
        map.forEach((key, value) -> facts.put(String.valueOf(key), value));
      }
    }
    for (String key : new String[] {"macaddress", "mtu", "type"}) {
      Object value = link.get(key);
      if (value != null) {
        facts.put(key, value);
      }
    }
  }

  /// Hosts without `ip` have at least busybox's `ifconfig`. Returns the interface the line is
  /// about.
  private String ifconfig(String line, String link) {
    if (!line.isEmpty() && line.charAt(0) != ' ') {
      return line.split("[ :]", 2)[0];
    }
    Matcher found = IFCONFIG.matcher(line);
    if (found.matches()) {
      int bits = 0;
      for (String part : found.group(2).split("\\.", -1)) {
        bits += part.matches("\\d{1,3}") ? Integer.bitCount(Integer.parseInt(part)) : 0;
      }
      add4(links.computeIfAbsent(link, NetworkFacts::unknown), ipv4(found.group(1), bits));
    }
    return link;
  }

  private static Map<String, Object> unknown(String name) {
    Map<String, Object> link = new LinkedHashMap<>();
    link.put("device", name);
    return link;
  }

  private static Map<String, Object> ipv4(String address, int prefix) {
    long mask = prefix == 0 ? 0 : 0xffffffffL << (32 - prefix) & 0xffffffffL;
    long bits = 0;
    for (String part : address.split("\\.", -1)) {
      bits = bits << 8 | (part.matches("\\d{1,3}") ? Integer.parseInt(part) : 0);
    }
    Map<String, Object> ipv4 = new LinkedHashMap<>();
    ipv4.put("address", address);
    ipv4.put("netmask", dotted(mask));
    ipv4.put("prefix", Integer.toString(prefix));
    ipv4.put("network", dotted(bits & mask));
    return ipv4;
  }

  private static String dotted(long bits) {
    return (bits >> 24 & 255)
        + "."
        + (bits >> 16 & 255)
        + "."
        + (bits >> 8 & 255)
        + "."
        + (bits & 255);
  }
}
