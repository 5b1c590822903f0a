package kk.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Takes secrets out of everything that is told. The one place: reporters show nothing that hasn't
/// been through here. It learns secrets from the values of variables whose names say so.
public final class Redactor {
  public static final String HIDDEN = "•••";

  /// Shorter texts stand in too many innocent places to be struck out.
  private static final int SHORTEST = 4;

  private static final List<String> TELLING =
      List.of(
          "password",
          "passwd",
          "secret",
          "token",
          "private_key_content",
          "private_key_passphrase",
          "accesskey",
          "accountkey",
          "secretkey");

  private final Set<String> secrets = ConcurrentHashMap.newKeySet();

  /// The secrets, the longest first, so that none is struck out in part.
  private volatile List<String> longestFirst = List.of();

  /// Learns all secrets in a tree of values.
  public void learn(@Nullable Object value) {
    switch (value) {
      case Map<?, ?> map ->
          map.forEach(
              (key, entry) -> {
                if (entry instanceof String text && isTelling(String.valueOf(key))) {
                  add(text);
                } else {
                  learn(entry);
                }
              });
      case List<?> list -> list.forEach(this::learn);
      case null -> {}
      default -> {}
    }
  }

  /// Learns one secret.
  public void add(String secret) {
    if (secret.length() >= SHORTEST && !secret.contains("{{") && secrets.add(secret)) {
      sort();
    }
  }

  /// The text without any secret.
  public String redact(String text) {
    String result = text;
    for (String secret : longestFirst) {
      result = result.replace(secret, HIDDEN);
    }
    return result;
  }

  /// A tree of values without any secret in its texts.
  @Nullable Object redactAll(@Nullable Object value) {
    return switch (value) {
      case String text -> redact(text);
      case Map<?, ?> map -> {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, entry) -> copy.put(key, redactAll(entry)));
        yield copy;
      }
      case List<?> list -> {
        List<Object> copy = new ArrayList<>();
        list.forEach(item -> copy.add(redactAll(item)));
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }

  private synchronized void sort() {
    longestFirst =
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList();
  }

  private static boolean isTelling(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return TELLING.stream().anyMatch(lower::contains)
        && !lower.endsWith("_file")
        && !lower.endsWith("_path");
  }
}
