package kk.playbook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.source.Span;
import org.jspecify.annotations.Nullable;

/// The keywords that somebody set on a play, role, block or task, with their values as written:
/// native values with [Template]s in them, conditions as [Expression]s.
public record Settings(Map<Keyword, Setting> all) {
  public static final Settings NONE = new Settings(Map.of());

  /// One keyword's value. Of the form that the keyword asks for; [Keyword.Form#TEXTS] and
  /// [Keyword.Form#CONDITIONS] are always lists.
  public record Setting(@Nullable Object value, Span at) {}

  public Settings {
    EnumMap<Keyword, Setting> copy = new EnumMap<>(Keyword.class);
    copy.putAll(all);
    all = Collections.unmodifiableMap(copy);
  }

  public Optional<Setting> find(Keyword keyword) {
    return Optional.ofNullable(all.get(keyword));
  }

  /// The list that a keyword of form texts or conditions holds; empty when it isn't set.
  public List<Object> list(Keyword keyword) {
    return find(keyword).map(setting -> asList(setting.value())).orElse(List.of());
  }

  /// The mapping that a keyword holds; empty when it isn't set.
  public Map<String, Object> map(Keyword keyword) {
    return find(keyword).map(setting -> asMap(setting.value())).orElse(Map.of());
  }

  /// A keyword's text as written; empty when it isn't set.
  public Optional<String> text(Keyword keyword) {
    return find(keyword)
        .map(
            setting ->
                setting.value() instanceof Template template
                    ? template.text()
                    : String.valueOf(setting.value()));
  }

  /// These settings for something below: its own, completed by what it inherits from here.
  public Settings below(Settings own) {
    EnumMap<Keyword, Setting> result = new EnumMap<>(Keyword.class);
    all.forEach(
        (keyword, setting) -> {
          if (keyword.inherit() != Keyword.Inherit.NO) {
            result.put(keyword, setting);
          }
        });
    own.all.forEach(
        (keyword, setting) ->
            result.merge(keyword, setting, (outer, inner) -> joined(keyword, outer, inner)));
    return new Settings(result);
  }

  /// The same without some keywords.
  public Settings without(Keyword... keywords) {
    EnumMap<Keyword, Setting> result = new EnumMap<>(Keyword.class);
    result.putAll(all);
    for (Keyword keyword : keywords) {
      result.remove(keyword);
    }
    return new Settings(result);
  }

  private static Setting joined(Keyword keyword, Setting outer, Setting inner) {
    return switch (keyword.inherit()) {
      case NO, NEAREST -> inner;
      case JOIN -> {
        List<Object> both = new ArrayList<>(asList(outer.value()));
        both.addAll(asList(inner.value()));
        yield new Setting(both, inner.at());
      }
      case MERGE -> {
        Map<String, Object> both = new LinkedHashMap<>(asMap(outer.value()));
        both.putAll(asMap(inner.value()));
        yield new Setting(both, inner.at());
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static List<Object> asList(@Nullable Object value) {
    return value instanceof List<?> list ? (List<Object>) list : List.of();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
