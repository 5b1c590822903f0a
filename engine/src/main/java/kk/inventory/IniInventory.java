package kk.inventory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.playbook.Template;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.PlacedMap;
import kk.source.Source;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// Reads Ansible's INI inventories: `[group]` with a host and its variables on each line,
/// `[group:children]`, `[group:vars]`. Values that look like Python's numbers, truth values, texts,
/// lists and mappings are typed; everything else is text.
final class IniInventory {
  private static final Pattern SECTION =
      Pattern.compile("\\[\\s*([^:\\]]+?)\\s*(?::\\s*(\\w+)\\s*)?]\\s*(?:[#;].*)?");
  private static final Pattern WORD =
      Pattern.compile("(?:[^\\s\"']|\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*')+");

  private final InventoryBuilder inventory;
  private final Problems problems;

  IniInventory(InventoryBuilder inventory, Problems problems) {
    this.inventory = inventory;
    this.problems = problems;
  }

  /// What the lines of a section hold.
  private enum Kind {
    HOSTS,
    CHILDREN,
    VARS
  }

  void read(Source source) {
    String group = Inventory.UNGROUPED;
    Kind kind = Kind.HOSTS;
    List<String> lines = source.text().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith(";")) {
        continue;
      }
      int column = lines.get(i).indexOf(line) + 1;
      Span at = new Span(source, i + 1, column, line.length());
      Matcher section = SECTION.matcher(line);
      if (section.matches()) {
        group = section.group(1);
        kind = kind(section.group(2), at);
        if (!group.equals(Inventory.UNGROUPED)) {
          inventory.addGroup(group, at, List.of(), List.of(), Map.of());
        }
        continue;
      }
      switch (kind) {
        case HOSTS -> host(group, line, at);
        case CHILDREN -> {
          String child = line.split("[\\s#]", 2)[0];
          inventory.addGroup(child, at, List.of(), List.of(), Map.of());
          inventory.addGroup(group, at, List.of(), List.of(child), Map.of());
        }
        case VARS -> variable(group, line, at);
      }
    }
  }

  private Kind kind(@Nullable String written, Span at) {
    return switch (written) {
      case null -> Kind.HOSTS;
      case "children" -> Kind.CHILDREN;
      case "vars" -> Kind.VARS;
      case "hosts" -> Kind.HOSTS;
      default -> {
        problems.add(
            Problem.of("inventory-form", at, "a section can't be of the kind `" + written + "`")
                .note("there are: children, vars"));
        yield Kind.HOSTS;
      }
    };
  }

  private void host(String group, String line, Span at) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      if (matcher.group().startsWith("#")) {
        break;
      }
      words.add(matcher.group());
    }
    if (words.isEmpty()) {
      return;
    }
    PlacedMap vars = new PlacedMap();
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      if (equals <= 0) {
        problems.add(
            Problem.of("inventory-form", at, "`" + word + "` is not of the form variable=value"));
        return;
      }
      vars.put(word.substring(0, equals), typed(shellUnquoted(word.substring(equals + 1)), at), at);
    }
    String pattern = words.getFirst();
    Matcher port = Pattern.compile("([^:\\[\\]]+|\\[[0-9a-fA-F:]+]):(\\d+)").matcher(pattern);
    if (port.matches()) {
      pattern = port.group(1);
      vars.put("ansible_port", Long.valueOf(port.group(2)), at);
    }
    List<String> names = HostRange.expand(pattern);
    names.forEach(name -> inventory.addHost(name, at, vars));
    if (!group.equals(Inventory.UNGROUPED) && !group.equals(Inventory.ALL)) {
      inventory.addGroup(group, at, names, List.of(), Map.of());
    }
  }

  private void variable(String group, String line, Span at) {
    int equals = line.indexOf('=');
    if (equals <= 0) {
      problems.add(
          Problem.of("inventory-form", at, "a line under `:vars` has to be variable=value"));
      return;
    }
    String name = line.substring(0, equals).strip();
    Object value = typed(withoutComment(line.substring(equals + 1)).strip(), at);
    PlacedMap vars = new PlacedMap();
    vars.put(name, value, at);
    inventory.addGroup(group, at, List.of(), List.of(), vars);
  }

  private static String withoutComment(String value) {
    int comment = value.indexOf(" #");
    return comment < 0 ? value : value.substring(0, comment);
  }

  /// Quotes around the value as a whole, or around parts of it, are the shell's.
  private static String shellUnquoted(String value) {
    StringBuilder text = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      } else if (quote == '"' && c == '\\' && i + 1 < value.length()) {
        text.append(value.charAt(++i));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static Object typed(String text, Span at) {
    return PythonLiteral.read(text).orElseGet(() -> Template.orText(text, at, 0));
  }
}
