package kk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of the manual, as far as its examples go.
///
/// @param blocks the fenced blocks in the order of the page
record DocPage(Path file, List<Block> blocks) {
  private static final Pattern TITLE = Pattern.compile("title=(\\S+)");

  /// A fenced block.
  ///
  /// @param line of its first fence
  /// @param info the words behind that fence
  record Block(int line, String info, List<String> lines) {
    String language() {
      return info.split(" ", -1)[0];
    }

    boolean is(String word) {
      return List.of(info.split(" ", -1)).contains(word);
    }

    /// The name of the file that the block shows.
    Optional<String> title() {
      Matcher matcher = TITLE.matcher(info);
      return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    String text() {
      return String.join("\n", lines) + "\n";
    }

    /// The commands of a console, each with what it says.
    List<Dialogue> dialogues() {
      List<Dialogue> dialogues = new ArrayList<>();
      boolean continued = false;
      for (String each : lines) {
        if (each.startsWith("$ ")) {
          dialogues.add(new Dialogue(each.substring(2), new ArrayList<>()));
        } else if (dialogues.isEmpty()) {
          throw new IllegalArgumentException("line " + line + ": a console begins with `$ `");
        } else if (continued) {
          Dialogue last = dialogues.removeLast();
          dialogues.add(new Dialogue(last.command() + "\n" + each, last.output()));
        } else {
          dialogues.getLast().output().add(each);
        }
        continued = each.endsWith("\\") && (continued || each.startsWith("$ "));
      }
      return dialogues;
    }
  }

  /// A command and what it says.
  record Dialogue(String command, List<String> output) {
    /// Matches what the command really says: `…` stands for anything within a line, a line of `…`
    /// alone for any number of lines.
    Pattern expected() {
      StringBuilder pattern = new StringBuilder();
      for (String each : output) {
        if (each.strip().equals("…")) {
          pattern.append("(?:.*\n)*?");
          continue;
        }
        for (String piece : each.splitWithDelimiters("…", 0)) {
          pattern.append(piece.equals("…") ? ".*" : Pattern.quote(piece));
        }
        pattern.append("\n");
      }
      return Pattern.compile(pattern.toString());
    }
  }

  static DocPage read(Path file) throws IOException {
    List<Block> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(file);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("```")) {
        int first = i;
        List<String> content = new ArrayList<>();
        for (i++; !lines.get(i).equals("```"); i++) {
          content.add(lines.get(i));
        }
        blocks.add(new Block(first + 1, lines.get(first).substring(3).strip(), content));
      }
    }
    return new DocPage(file, blocks);
  }
}
