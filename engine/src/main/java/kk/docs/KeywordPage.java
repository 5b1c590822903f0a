package kk.docs;

import java.util.Arrays;
import java.util.stream.Collectors;
import kk.playbook.Keyword;
import kk.playbook.Place;

/// Explains all keywords in Markdown.
public final class KeywordPage {
  private KeywordPage() {}

  public static String text() {
    StringBuilder page = new StringBuilder("# Keywords\n\n");
    page.append("| keyword | takes | may stand on | meaning |\n|---|---|---|---|\n");
    for (Keyword keyword : Keyword.values()) {
      String places =
          Arrays.stream(Place.values())
              .filter(keyword::mayStandOn)
              .map(Place::words)
              .collect(Collectors.joining(", "));
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(keyword.written(), keyword.form().words(), places, keyword.doc()));
    }
    return page.toString();
  }
}
