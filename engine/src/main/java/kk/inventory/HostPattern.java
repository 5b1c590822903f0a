package kk.inventory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Which hosts a pattern means: names, groups, wildcards, `~regex`, subscripts and slices,
/// `group|random`; joined by `,` or `:`; `&` intersects and `!` excludes, whatever the order of
/// writing. Rules: Ansible's, "Patterns: targeting hosts and groups".
public final class HostPattern {
  private static final Pattern SUBSCRIPT =
      Pattern.compile("^(.+)\\[(?:(-?\\d+)|(-?\\d*)[:-](-?\\d*))]$");

  private final Inventory inventory;

  public HostPattern(Inventory inventory) {
    this.inventory = inventory;
  }

  /// The hosts in inventory order of each piece, without repetition.
  public List<Host> select(List<String> patterns) {
    List<String> pieces = patterns.stream().flatMap(p -> split(p).stream()).toList();
    List<String> plain =
        pieces.stream().filter(p -> !p.startsWith("&") && !p.startsWith("!")).toList();
    Set<Host> selected = new LinkedHashSet<>();
    for (String piece : plain.isEmpty() && !patterns.isEmpty() ? List.of(Inventory.ALL) : plain) {
      selected.addAll(piece(piece));
    }
    pieces.stream()
        .filter(p -> p.startsWith("&"))
        .forEach(p -> selected.retainAll(piece(p.substring(1))));
    pieces.stream()
        .filter(p -> p.startsWith("!"))
        .forEach(p -> selected.removeAll(piece(p.substring(1))));
    return List.copyOf(selected);
  }

  /// A pattern's pieces. A colon inside brackets or of an IPv6 address doesn't separate.
  static List<String> split(String pattern) {
    if (pattern.contains(",")) {
      return pieces(pattern, ',');
    }
    boolean whole = pattern.startsWith("~") || pattern.matches("[0-9a-fA-F.]*(:[0-9a-fA-F.]*){2,}");
    return whole ? List.of(pattern.strip()) : pieces(pattern, ':');
  }

  private static List<String> pieces(String pattern, char separator) {
    List<String> pieces = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      depth += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == separator && depth == 0) {
        pieces.add(piece.toString().strip());
        piece.setLength(0);
      } else {
        piece.append(c);
      }
    }
    pieces.add(piece.toString().strip());
    return pieces.stream().filter(p -> !p.isEmpty()).toList();
  }

  private List<Host> piece(String piece) {
    if (piece.startsWith("~")) {
      return matching(regex(piece.substring(1)));
    }
    if (piece.endsWith("|random") || piece.endsWith("| random")) {
      List<Host> hosts = piece(piece.substring(0, piece.lastIndexOf('|')).strip());
      return hosts.isEmpty()
          ? hosts
          : List.of(hosts.get(ThreadLocalRandom.current().nextInt(hosts.size())));
    }
    List<Host> exact = named(piece);
    if (!exact.isEmpty()) {
      return exact;
    }
    Matcher subscript = SUBSCRIPT.matcher(piece);
    if (subscript.matches()) {
      return subscripted(piece(subscript.group(1)), subscript);
    }
    return piece.matches(".*[*?\\[].*") ? matching(regex(glob(piece))) : List.of();
  }

  private List<Host> named(String name) {
    return inventory.groupNames().contains(name)
        ? inventory.hostsOf(name)
        : inventory.find(name).map(List::of).orElse(List.of());
  }

  private List<Host> matching(Pattern pattern) {
    Set<Host> hosts = new LinkedHashSet<>();
    inventory.groupNames().stream()
        .filter(name -> pattern.matcher(name).lookingAt())
        .forEach(name -> hosts.addAll(inventory.hostsOf(name)));
    inventory.hosts().stream()
        .filter(host -> pattern.matcher(host.name()).lookingAt())
        .forEach(hosts::add);
    return List.copyOf(hosts);
  }

  private static List<Host> subscripted(List<Host> hosts, Matcher subscript) {
    int size = hosts.size();
    if (subscript.group(2) != null) {
      int index = Integer.parseInt(subscript.group(2));
      int at = index < 0 ? size + index : index;
      return at >= 0 && at < size ? List.of(hosts.get(at)) : List.of();
    }
    int from = bound(subscript.group(3), 0, size);
    int to = bound(subscript.group(4), size - 1, size);
    return from <= to ? hosts.subList(Math.max(0, from), Math.min(size, to + 1)) : List.of();
  }

  private static int bound(String text, int otherwise, int size) {
    if (text.isEmpty()) {
      return otherwise;
    }
    int index = Integer.parseInt(text);
    return index < 0 ? size + index : index;
  }

  private static Pattern regex(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      return Pattern.compile(Pattern.quote(text));
    }
  }

  private static String glob(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            case '[', ']', '-' -> String.valueOf(c);
            case '!' -> "^";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return regex.append('$').toString();
  }
}
