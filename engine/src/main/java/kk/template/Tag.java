package kk.template;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The words that `{%` may begin with, but for those that end a tag.
enum Tag {
  BLOCK(
      "name [scoped] [required] … endblock",
      "a part that a template which extends this one may replace; `super()` is what it replaces"),
  BREAK("", "ends the loop"),
  CALL(
      "[(parameters)] macro(…) … endcall",
      "calls a macro, which renders what stands in here with `caller()`"),
  CONTINUE("", "goes on with the next item of the loop"),
  DO("expression", "evaluates without printing, for `list.append(…)` and the like"),
  ELIF("condition", "goes on with an `if` whose condition doesn't hold"),
  ELSE(
      "",
      "what stands in place of an `if` whose condition doesn't hold, or of a loop without items"),
  EXTENDS("file", "renders another template with the blocks of this one"),
  FILTER("filters … endfilter", "what stands in here, filtered"),
  FOR(
      "names in items [if condition] [recursive] … endfor",
      "what stands in here for each item, with `loop`; names that are set in here are gone behind it"),
  FROM("file import name [as other], … [with context]", "macros and variables of another template"),
  IF("condition … endif", "what stands in here, if the condition holds"),
  IMPORT(
      "file as name [with context]",
      "another template, with its macros and variables as attributes; it sees the variables here only with context"),
  INCLUDE(
      "file [ignore missing] [without context]",
      "another template, or the first of a list that there is"),
  MACRO(
      "name(parameters) … endmacro",
      "text that can be called; it finds further arguments as `varargs` and `kwargs`"),
  PRINT("expressions", "prints, as `{{ }}` does"),
  RAW("… endraw", "what stands in here as it is"),
  SET("names = expression", "sets variables; without `=` to what stands before `endset`, filtered"),
  WITH("name = expression, … … endwith", "variables for what stands in here");

  static final Set<String> WORDS =
      Arrays.stream(values()).map(Tag::word).collect(Collectors.toUnmodifiableSet());

  private final String takes;
  private final String purpose;

  Tag(String takes, String purpose) {
    this.takes = takes;
    this.purpose = purpose;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Described described() {
    return new Described("template tag", word(), takes, purpose);
  }
}
