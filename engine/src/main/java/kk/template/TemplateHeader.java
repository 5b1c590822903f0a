package kk.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.playbook.Template;
import kk.spi.TemplateSyntax;

/// The first line of a template file that wants marks or white space rules of its own:
/// `#jinja2: lstrip_blocks: True, variable_start_string: '[%'`.
final class TemplateHeader {
  private static final String MARK = "#jinja2:";
  private static final Pattern PAIR =
      Pattern.compile("\\s*(?:([^\\s:,]+)\\s*:\\s*('[^']*'|\"[^\"]*\"|[^\\s,'\"]+))?\\s*(?:,|$)");
  private static final Pattern QUOTED = Pattern.compile("(['\"])(.+)\\1");
  private static final List<String> NAMES =
      List.of(
          "block_start_string",
          "block_end_string",
          "variable_start_string",
          "variable_end_string",
          "comment_start_string",
          "comment_end_string",
          "trim_blocks",
          "lstrip_blocks");

  /// A template behind its header.
  ///
  /// @param body what is to be rendered
  /// @param syntax what the file says, and what the caller says where it doesn't
  record Headed(Template body, TemplateSyntax syntax) {}

  private final Template file;
  private final Map<String, String> settings = new LinkedHashMap<>();

  private TemplateHeader(Template file) {
    this.file = file;
  }

  /// @throws EvaluationFailed when the header says what can't be understood
  static Headed read(Template file, TemplateSyntax asked) {
    return file.text().startsWith(MARK)
        ? new TemplateHeader(file).headed(asked)
        : new Headed(file, asked);
  }

  private Headed headed(TemplateSyntax asked) {
    int end = (file.text() + "\n").indexOf('\n');
    Matcher pair = PAIR.matcher(file.text()).region(MARK.length(), end);
    int at = MARK.length();
    while (at < end) {
      if (!pair.lookingAt()) {
        throw failed(
            at, end, "`#jinja2:` takes pairs such as `trim_blocks: False`, with commas between");
      }
      if (pair.group(1) != null) {
        note(pair);
      }
      at = pair.end();
      pair.region(at, end);
    }
    int next = Math.min(end + 1, file.text().length());
    Template body = new Template(file.text().substring(next), file.spanOf(next, 1), file.indent());
    return new Headed(body, syntax(asked));
  }

  private void note(Matcher pair) {
    String name = pair.group(1);
    if (!NAMES.contains(name)) {
      throw new EvaluationFailed(
          Flaw.unknown("template setting", pair.start(1), name.length(), name, NAMES)
              .problem(file::spanOf));
    }
    Matcher quoted = QUOTED.matcher(pair.group(2));
    boolean flag = name.endsWith("_blocks");
    if (flag ? !pair.group(2).matches("True|False") : !quoted.matches()) {
      throw failed(
          pair.start(2),
          pair.end(2),
          "`" + name + "` is " + (flag ? "True or False" : "text in quotes"));
    }
    settings.put(name, flag ? pair.group(2) : quoted.group(2));
  }

  private EvaluationFailed failed(int from, int to, String why) {
    return new EvaluationFailed(
        new Flaw("template-syntax", from, to - from, why, java.util.Optional.empty())
            .problem(file::spanOf));
  }

  private TemplateSyntax syntax(TemplateSyntax asked) {
    return new TemplateSyntax(
        settings.getOrDefault("block_start_string", asked.blockStartString()),
        settings.getOrDefault("block_end_string", asked.blockEndString()),
        settings.getOrDefault("variable_start_string", asked.variableStartString()),
        settings.getOrDefault("variable_end_string", asked.variableEndString()),
        settings.getOrDefault("comment_start_string", asked.commentStartString()),
        settings.getOrDefault("comment_end_string", asked.commentEndString()),
        flag("trim_blocks", asked.trimBlocks()),
        flag("lstrip_blocks", asked.lstripBlocks()));
  }

  private boolean flag(String name, boolean asked) {
    String setting = settings.get(name);
    return setting == null ? asked : setting.equals("True");
  }
}
