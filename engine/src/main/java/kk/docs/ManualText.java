package kk.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Says entries in plain text, for a terminal.
public final class ManualText {
  private static final int WIDTH = 100;

  private final StringBuilder out = new StringBuilder();

  private ManualText() {}

  /// One entry with all that there is to know.
  public static String of(Entry entry) {
    ManualText text = new ManualText();
    text.out.append(entry.name()).append("  (").append(entry.kind().one()).append(")\n");
    text.out.append(wrapped("  ", entry.sentence()));
    List<Entry.Fact> facts =
        entry.facts().stream().filter(fact -> !fact.value().isEmpty()).toList();
    int width = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
    String further = " ".repeat(width + 4);
    if (!facts.isEmpty()) {
      text.out.append('\n');
    }
    for (Entry.Fact fact : facts) {
      String first = "  %-" + Math.max(width, 1) + "s  ";
      text.wrapped(first.formatted(fact.name()), further, said(fact));
    }
    return text.out.toString();
  }

  private static String said(Entry.Fact fact) {
    List<String> brackets = new ArrayList<>();
    if (fact.meaning().isEmpty()) {
      return fact.value();
    }
    brackets.add(fact.value());
    if (!fact.need().isEmpty()) {
      brackets.add(fact.need().equals("required") ? "required" : fact.need() + " by default");
    }
    return fact.meaning() + " (" + String.join(", ", brackets) + ")";
  }

  /// A line for each entry.
  public static String lines(List<Entry> entries) {
    ManualText text = new ManualText();
    int width = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(1);
    String first = "%-" + width + "s  ";
    entries.forEach(
        entry ->
            text.wrapped(first.formatted(entry.name()), " ".repeat(width + 2), entry.sentence()));
    return text.out.toString();
  }

  /// All names of the manual, kind by kind; modules with what they do.
  public static String overview(Manual manual) {
    ManualText text = new ManualText();
    for (Kind kind : Kind.values()) {
      List<Entry> entries = manual.of(kind);
      if (entries.isEmpty()) {
        continue;
      }
      text.out.append(kind.many().toUpperCase(Locale.ROOT)).append('\n');
      if (kind == Kind.MODULE) {
        lines(entries).lines().forEach(line -> text.out.append("  ").append(line).append('\n'));
      } else {
        text.out.append(
            wrapped("  ", String.join(", ", entries.stream().map(Entry::name).toList())));
      }
      text.out.append('\n');
    }
    text.out.append("kk doc NAME explains one of them, kk doc filters lists all of a kind.\n");
    return text.out.toString();
  }

  /// A paragraph, each line of which is indented.
  static String wrapped(String indent, String text) {
    ManualText paragraph = new ManualText();
    paragraph.wrapped(indent, indent, text);
    return paragraph.out.toString();
  }

  private void wrapped(String first, String further, String text) {
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : text.strip().split("\\s+", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        out.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(further);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }
}
