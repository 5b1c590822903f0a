package kk.template;

import java.util.Optional;
import java.util.function.Function;

/// A condition may have `{{ }}` in it, as old playbooks do: `"{{ a | length }} == 1"`. What is
/// within them is taken as a part of the expression, never as text to be evaluated: what came from
/// a host can't become code.
final class BracedCondition {
  private BracedCondition() {}

  /// The same condition as one expression: braces become parentheses, and within quotes the value
  /// is joined with the text around it.
  static String withoutBraces(String condition) {
    if (!condition.contains("{{")) {
      return condition;
    }
    StringBuilder plain = new StringBuilder();
    char quote = 0;
    int at = 0;
    while (at < condition.length()) {
      int end = condition.startsWith("{{", at) ? closing(condition, at + 2) : -1;
      if (end >= 0) {
        String inner = condition.substring(at + 2, end).strip();
        plain.append(quote == 0 ? "" : quote + " ~ ").append('(').append(inner).append(')');
        plain.append(quote == 0 ? "" : " ~ " + quote);
        at = end + 2;
        continue;
      }
      char c = condition.charAt(at);
      if (c == '\\' && quote != 0 && at + 1 < condition.length()) {
        plain.append(c);
        at++;
        c = condition.charAt(at);
      } else if (c == '"' || c == '\'') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
      plain.append(c);
      at++;
    }
    return plain.toString();
  }

  /// The condition with literals in place of expressions within braces, those that stand beside
  /// something else and outside of quotes.
  ///
  /// @param literal what an expression comes to when that is a literal, otherwise nothing
  static String withLiterals(String condition, Function<String, Optional<String>> literal) {
    StringBuilder out = new StringBuilder();
    char quote = 0;
    int at = 0;
    while (at < condition.length()) {
      int end = condition.startsWith("{{", at) ? closing(condition, at + 2) : -1;
      if (end >= 0) {
        String whole = condition.substring(at, end + 2);
        boolean alone = condition.strip().equals(whole);
        out.append(
            quote != 0 || alone
                ? whole
                : literal.apply(whole.substring(2, whole.length() - 2).strip()).orElse(whole));
        at = end + 2;
        continue;
      }
      char c = condition.charAt(at++);
      out.append(c);
      if (c == '\\' && quote != 0 && at < condition.length()) {
        out.append(condition.charAt(at++));
      } else if (c == '"' || c == '\'') {
        quote = quote == 0 ? c : quote == c ? 0 : quote;
      }
    }
    return out.toString();
  }

  /// Where the braces close that are open, quotes and mappings passed over; below zero if nowhere.
  private static int closing(String text, int from) {
    char quote = 0;
    int depth = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        quote = c == quote && text.charAt(i - 1) != '\\' ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && depth > 0) {
        depth--;
      } else if (text.startsWith("}}", i)) {
        return i;
      }
    }
    return -1;
  }
}
