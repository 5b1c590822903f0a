package kk.docs;

import java.util.List;

/// Makes Markdown of entries.
public final class ManualPage {
  private static final String GENERATED =
      "<!-- Written by `kk doc --pages docs/reference`; a test fails when it is out of date. -->\n";

  private final StringBuilder page = new StringBuilder(GENERATED);

  public ManualPage(String title, String introduction) {
    page.append("# ").append(title).append("\n\n").append(introduction).append("\n");
  }

  public String text() {
    return page.toString();
  }

  public ManualPage heading(String title) {
    page.append("\n## ").append(title).append("\n");
    return this;
  }

  public ManualPage paragraph(String text) {
    page.append('\n').append(text).append('\n');
    return this;
  }

  /// Text that is shown as it is.
  public ManualPage literally(String text) {
    page.append("\n```text\n").append(text.stripTrailing()).append("\n```\n");
    return this;
  }

  /// A row of a table for each entry, a column for each fact.
  public ManualPage table(List<Entry> entries) {
    if (entries.isEmpty()) {
      return this;
    }
    Entry first = entries.getFirst();
    page.append("\n| ").append(first.kind().one());
    first.facts().forEach(fact -> page.append(" | ").append(fact.name()));
    page.append(" | meaning |\n|---").append("|---".repeat(first.facts().size())).append("|---|\n");
    for (Entry entry : entries) {
      page.append("| `").append(cell(entry.name())).append('`');
      entry.facts().forEach(fact -> page.append(" | ").append(cell(fact.value())));
      page.append(" | ").append(cell(entry.sentence())).append(" |\n");
    }
    return this;
  }

  /// A section for each entry, its facts as a table.
  public ManualPage sections(List<Entry> entries) {
    for (Entry entry : entries) {
      heading(entry.name());
      paragraph(sentence(entry.sentence()));
      if (!entry.facts().isEmpty()) {
        page.append("\n| argument | takes | default | meaning |\n|---|---|---|---|\n");
      }
      for (Entry.Fact fact : entry.facts()) {
        boolean word = !fact.name().contains(" ");
        page.append("| ")
            .append(word ? "`" + fact.name() + "`" : fact.name())
            .append(" | ")
            .append(cell(fact.value()))
            .append(" | ")
            .append(cell(fact.need()))
            .append(" | ")
            .append(cell(fact.meaning()))
            .append(" |\n");
      }
    }
    return this;
  }

  private static String sentence(String words) {
    return words.isEmpty() ? "" : Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".";
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("\n", " ");
  }
}
