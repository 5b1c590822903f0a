package kk.docs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import kk.playbook.Keyword;
import kk.playbook.MetaAction;
import kk.playbook.Place;

/// Keywords, and the steps that the engine itself takes.
public final class LanguageEntries {
  private LanguageEntries() {}

  public static List<Entry> keywords() {
    return Arrays.stream(Keyword.values())
        .map(
            keyword ->
                Entry.of(
                    Kind.KEYWORD,
                    keyword.written(),
                    keyword.doc(),
                    Entry.fact("takes", keyword.form().words()),
                    Entry.fact("may stand on", places(keyword)),
                    Entry.fact("reaches what is below", reach(keyword))))
        .toList();
  }

  private static String places(Keyword keyword) {
    return Arrays.stream(Place.values())
        .filter(keyword::mayStandOn)
        .map(Place::words)
        .collect(Collectors.joining(", "));
  }

  private static String reach(Keyword keyword) {
    return switch (keyword.inherit()) {
      case NO -> "no";
      case NEAREST -> "yes, the nearest one counts";
      case JOIN -> "yes, all count together";
      case MERGE -> "yes, entry by entry";
    };
  }

  /// What stands where a module would, but is no module.
  public static List<Entry> steps() {
    return List.of(
        Entry.of(
            Kind.STEP,
            "import_playbook",
            "the plays of another file take its place",
            Entry.fact("takes", "the name of a file")),
        Entry.of(
            Kind.STEP,
            "import_tasks",
            "the tasks of a file take its place, before the run begins",
            Entry.fact("takes", "the name of a file; no template")),
        Entry.of(
            Kind.STEP,
            "include_tasks",
            "reads tasks from a file when the run reaches it",
            Entry.fact("takes", "the name of a file, which may be a template, or `file`, `apply`")),
        Entry.of(
            Kind.STEP,
            "import_role",
            "a role takes its place, before the run begins",
            Entry.fact("takes", role() + "; no template")),
        Entry.of(
            Kind.STEP,
            "include_role",
            "runs a role when the run reaches it",
            Entry.fact("takes", role() + ", `apply`, `public`")),
        Entry.of(
            Kind.STEP,
            "meta",
            "tells the run itself what to do",
            Entry.fact("takes", "`" + String.join("`, `", MetaAction.allWritten()) + "`")));
  }

  private static String role() {
    return "`name`, `tasks_from`, `vars_from`, `defaults_from`, `handlers_from`";
  }
}
