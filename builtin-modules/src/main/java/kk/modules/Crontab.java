package kk.modules;

import java.util.ArrayList;
import java.util.List;

/// The lines of a crontab. Jobs are told apart by a comment above them.
record Crontab(List<String> lines) {
  private static final String MARK = "#Ansible: ";

  static Crontab of(String text) {
    return new Crontab(text.lines().toList());
  }

  String text() {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  /// With a job under a name, in the place of the one that has it or at the end. A job without a
  /// name that reads the same gets one.
  Crontab withJob(String name, String job) {
    List<String> edited = new ArrayList<>(lines);
    int comment = edited.indexOf(MARK + name);
    if (comment >= 0) {
      if (comment + 1 < edited.size()) {
        edited.set(comment + 1, job);
      } else {
        edited.add(job);
      }
      return new Crontab(edited);
    }
    int same = edited.indexOf(job);
    if (same >= 0 && (same == 0 || !edited.get(same - 1).startsWith(MARK))) {
      edited.add(same, MARK + name);
    } else {
      edited.add(MARK + name);
      edited.add(job);
    }
    return new Crontab(edited);
  }

  Crontab withoutJob(String name) {
    List<String> edited = new ArrayList<>(lines);
    int comment = edited.indexOf(MARK + name);
    if (comment >= 0) {
      edited.subList(comment, Math.min(comment + 2, edited.size())).clear();
    }
    return new Crontab(edited);
  }

  /// With a variable, in the place of the one of its name or where it is told.
  ///
  /// @throws IllegalArgumentException when there is no variable to put it beside
  Crontab withVariable(String name, String value, Place place) {
    List<String> edited = new ArrayList<>(lines);
    String line = name + "=\"" + value + "\"";
    int known = variable(name);
    if (known >= 0) {
      edited.set(known, line);
    } else if (place.beside().isEmpty()) {
      edited.addFirst(line);
    } else {
      int beside = variable(place.beside());
      if (beside < 0) {
        throw new IllegalArgumentException("Variable named '" + place.beside() + "' not found.");
      }
      edited.add(place.behind() ? beside + 1 : beside, line);
    }
    return new Crontab(edited);
  }

  Crontab withoutVariable(String name) {
    List<String> edited = new ArrayList<>(lines);
    edited.removeIf(line -> line.startsWith(name + "="));
    return new Crontab(edited);
  }

  private int variable(String name) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(name + "=")) {
        return i;
      }
    }
    return -1;
  }

  /// The names of its jobs.
  List<Object> jobs() {
    return lines.stream()
        .filter(line -> line.startsWith(MARK))
        .<Object>map(line -> line.substring(MARK.length()))
        .toList();
  }

  /// The names of its variables.
  List<Object> variables() {
    return lines.stream()
        .filter(line -> line.matches("\\S+=.*"))
        .<Object>map(line -> line.substring(0, line.indexOf('=')))
        .toList();
  }

  /// Where a new variable goes.
  ///
  /// @param beside another variable; empty for the top
  record Place(String beside, boolean behind) {}
}
