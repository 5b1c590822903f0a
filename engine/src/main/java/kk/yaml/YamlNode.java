package kk.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.source.PlacedMap;
import kk.source.Span;
import kk.vault.Encrypted;
import org.jspecify.annotations.Nullable;

/// What a file says, with the place of every piece. Scalars keep their text as it is written,
/// because only the reader of a key knows whether `0644` is a number.
public sealed interface YamlNode {
  /// Where it begins.
  Span at();

  /// What it is, in words for a problem.
  String kind();

  /// The plain value: maps and lists in written order, scalars as [Scalar#value].
  ///
  /// @param text makes something of a text, such as a template of a text with braces
  @Nullable Object value(TextReader text);

  /// Decides what a text becomes.
  interface TextReader {
    Object read(String text, Span at, int indent);
  }

  /// `key: value` pairs in written order; no key stands there twice.
  record Mapping(Span at, List<Entry> entries) implements YamlNode {
    public Mapping {
      entries = List.copyOf(entries);
    }

    @Override
    public String kind() {
      return "a mapping";
    }

    public Optional<YamlNode> find(String key) {
      return entry(key).map(Entry::value);
    }

    public Optional<Entry> entry(String key) {
      return entries.stream().filter(entry -> entry.key().text().equals(key)).findFirst();
    }

    public List<String> keys() {
      return entries.stream().map(entry -> entry.key().text()).toList();
    }

    @Override
    public Map<String, Object> value(TextReader text) {
      PlacedMap map = new PlacedMap();
      for (Entry entry : entries) {
        map.put(entry.key().text(), entry.value().value(text), entry.key().at());
      }
      return map;
    }
  }

  /// One pair of a mapping.
  record Entry(Scalar key, YamlNode value) {}

  /// A sequence.
  record Listing(Span at, List<YamlNode> items) implements YamlNode {
    public Listing {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public List<Object> value(TextReader text) {
      List<Object> list = new ArrayList<>();
      items.forEach(item -> list.add(item.value(text)));
      return list;
    }
  }

  /// A single value.
  ///
  /// @param at the scalar with its quotes
  /// @param text its characters, quotes and escapes resolved
  /// @param plain whether it stands without quotes, so that it may mean more than its text
  /// @param mark what its tag makes of it
  /// @param textAt where the first character of the text stands
  /// @param indent how many columns further lines of a block are indented
  record Scalar(Span at, String text, boolean plain, Mark mark, Span textAt, int indent)
      implements YamlNode {
    /// What a tag makes of a text.
    public enum Mark {
      NONE,
      /// `!unsafe`: text that is never a template.
      UNSAFE,
      /// `!vault`: encrypted text.
      ENCRYPTED
    }

    @Override
    public String kind() {
      return isNull() ? "nothing" : "text";
    }

    /// Whether nothing is written, or `null` or `~`.
    public boolean isNull() {
      return plain && PlainScalar.isNull(text);
    }

    @Override
    public @Nullable Object value(TextReader reader) {
      return switch (mark) {
        case UNSAFE -> text;
        case ENCRYPTED -> new Encrypted(text, at);
        case NONE -> plain ? PlainScalar.value(this, reader) : reader.read(text, textAt, indent);
      };
    }
  }
}
