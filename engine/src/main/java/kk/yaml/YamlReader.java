package kk.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import kk.problem.Problem;
import kk.problem.Problems;
import kk.source.Source;
import kk.source.Span;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// Reads a YAML text into a located tree. The only class that knows the YAML library.
public final class YamlReader {
  /// More nodes than this only come from aliases that multiply each other.
  private static final int MOST_NODES = 2_000_000;

  private static final int MOST_ALIASES = 10_000;
  private static final int DEEPEST = 200;
  private static final SortedMap<String, YamlNode.Scalar.Mark> MARKS =
      new TreeMap<>(
          Map.of(
              "!unsafe", YamlNode.Scalar.Mark.UNSAFE,
              "!vault", YamlNode.Scalar.Mark.ENCRYPTED,
              "!vault-encrypted", YamlNode.Scalar.Mark.ENCRYPTED));
  private static final int LARGEST = 64 * 1024 * 1024;

  private final Source source;
  private final Problems problems;
  private int nodes;

  private YamlReader(Source source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /// Reads a text with one document. Problems are collected; there is no tree when the text is no
  /// YAML at all or holds nothing.
  public static Optional<YamlNode> read(Source source, Problems problems) {
    List<YamlNode> documents = readAll(source, problems);
    if (documents.size() > 1) {
      problems.add(
          Problem.of(
              "yaml-syntax", documents.get(1).at(), "only one document is expected in this file"));
    }
    return documents.stream().findFirst();
  }

  /// Reads a text with any number of documents.
  public static List<YamlNode> readAll(Source source, Problems problems) {
    return new YamlReader(source, problems).documents();
  }

  private List<YamlNode> documents() {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source.name())
            .setAllowDuplicateKeys(true)
            .setAllowNonScalarKeys(true) // braces without quotes are one: told with a hint below
            .setCodePointLimit(LARGEST)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .build();
    List<YamlNode> documents = new ArrayList<>();
    try {
      for (Node node : new Compose(settings).composeAllFromString(source.text())) {
        documents.add(located(node, 0, false));
      }
    } catch (MarkedYamlEngineException e) {
      problems.add(syntaxProblem(e));
    } catch (YamlEngineException | StackOverflowError e) {
      problems.add(
          Problem.of("yaml-syntax", Span.whole(source), "this is no readable YAML")
              .note(e.getMessage() == null ? "it is nested too deeply" : e.getMessage()));
    } catch (TooLarge e) {
      problems.add(
          Problem.of(
              "yaml-syntax", Span.whole(source), "this YAML is nested or multiplied too far"));
    }
    return documents;
  }

  private Problem syntaxProblem(MarkedYamlEngineException e) {
    Span at = e.getProblemMark().map(mark -> span(mark, 1)).orElse(Span.whole(source));
    Problem problem = Problem.of("yaml-syntax", at, "this is no YAML: " + e.getProblem());
    if (e.getContext() != null) {
      problem =
          problem.note(
              e.getContext()
                  + e.getContextMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse(""));
    }
    String line = source.line(at.line());
    return line.contains("{{") && !line.contains("\"{{") && !line.contains("'{{")
        ? problem.hint("a value that begins with `{{` needs quotes around it")
        : line.startsWith("\t") ? problem.hint("indent with spaces, not with tabs") : problem;
  }

  /// @param outside whether what it stands in is marked `!unsafe`
  private YamlNode located(Node node, int depth, boolean outside) {
    boolean unsafe = outside || node.getTag().getValue().equals("!unsafe");
    nodes++;
    if (nodes > MOST_NODES || depth > DEEPEST) {
      throw new TooLarge();
    }
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar, unsafe);
      case SequenceNode sequence -> {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
          items.add(located(item, depth + 1, unsafe));
        }
        yield new YamlNode.Listing(start(node), items);
      }
      case MappingNode mapping -> mapping(mapping, depth, unsafe);
      default -> throw new IllegalStateException("unexpected node " + node.getNodeType());
    };
  }

  private YamlNode mapping(MappingNode node, int depth, boolean unsafe) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    Map<String, YamlNode.Entry> merged = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(braceProblem(tuple.getKeyNode()));
        continue;
      }
      YamlNode.Scalar key = scalar(keyNode, false);
      YamlNode value = located(tuple.getValueNode(), depth + 1, unsafe);
      if (key.text().equals("<<") && key.plain()) {
        merge(value, merged);
        continue;
      }
      YamlNode.Entry earlier = entries.get(key.text());
      if (earlier != null) {
        problems.add(
            Problem.of("duplicate-key", key.at(), "the key `" + key.text() + "` stands here twice")
                .note("first at line " + earlier.key().at().line()));
      }
      entries.put(key.text(), new YamlNode.Entry(key, value));
    }
    merged.forEach(entries::putIfAbsent);
    return new YamlNode.Mapping(start(node), List.copyOf(entries.values()));
  }

  private void merge(YamlNode value, Map<String, YamlNode.Entry> into) {
    switch (value) {
      case YamlNode.Mapping mapping ->
          mapping.entries().forEach(entry -> into.putIfAbsent(entry.key().text(), entry));
      case YamlNode.Listing list -> list.items().forEach(item -> merge(item, into));
      case YamlNode.Scalar scalar ->
          problems.add(Problem.of("yaml-syntax", scalar.at(), "`<<` merges mappings only"));
    }
  }

  private Problem braceProblem(Node key) {
    return Problem.of("yaml-syntax", start(key), "a key has to be text")
        .hint("a value that begins with `{{` needs quotes around it");
  }

  private YamlNode.Scalar scalar(ScalarNode node, boolean unsafe) {
    Span at = start(node);
    boolean block =
        node.getScalarStyle() == ScalarStyle.LITERAL || node.getScalarStyle() == ScalarStyle.FOLDED;
    boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN;
    String tag = node.getTag().getValue();
    YamlNode.Scalar.Mark own = MARKS.getOrDefault(tag, YamlNode.Scalar.Mark.NONE);
    YamlNode.Scalar.Mark mark =
        unsafe && own == YamlNode.Scalar.Mark.NONE ? YamlNode.Scalar.Mark.UNSAFE : own;
    if (tag.startsWith("!") && !MARKS.containsKey(tag)) {
      problems.add(
          Problem.of("unknown-tag", at, "the tag `" + tag + "` is not supported")
              .note("supported: " + String.join(", ", MARKS.keySet())));
    }
    if (block) {
      Span first = firstLineOfBlock(at);
      return new YamlNode.Scalar(at, node.getValue(), false, mark, first, first.column() - 1);
    }
    int end = node.getEndMark().map(m -> m.getColumn() + 1).orElse(at.column());
    boolean oneLine = node.getEndMark().map(m -> m.getLine() + 1).orElse(0) == at.line();
    int length = oneLine ? end - at.column() : source.line(at.line()).length() - at.column() + 1;
    Span located = at.withLength(length);
    Span text =
        plain ? located : new Span(source, at.line(), at.column() + 1, Math.max(1, length - 2));
    return new YamlNode.Scalar(located, node.getValue(), plain, mark, text, at.column() - 1);
  }

  private Span firstLineOfBlock(Span indicator) {
    int line = indicator.line() + 1;
    while (line < indicator.line() + 20 && source.line(line).isBlank()) {
      line++;
    }
    String text = source.line(line);
    int indent = text.length() - text.stripLeading().length();
    return new Span(source, indicator.line() + 1, indent + 1, 1);
  }

  private Span start(Node node) {
    return node.getStartMark().map(mark -> span(mark, 1)).orElse(Span.whole(source));
  }

  private Span span(Mark mark, int length) {
    return new Span(source, mark.getLine() + 1, mark.getColumn() + 1, length);
  }

  private static final class TooLarge extends RuntimeException {}
}
