package kk.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a module has to say besides how it went.
///
/// @param values what `register` sees, such as `rc` and `stdout`; native values only
/// @param diffs before and after, when the user asked for it
/// @param variables new variables for the host
/// @param runChange what the run itself has to do
/// @param warnings for the user's eyes, each a sentence
public record Details(
    Map<String, Object> values,
    List<Diff> diffs,
    Optional<NewVariables> variables,
    Optional<RunChange> runChange,
    List<String> warnings) {

  /// What a module has to say that asks nothing of the run.
  public Details(
      Map<String, Object> values,
      List<Diff> diffs,
      Optional<NewVariables> variables,
      List<String> warnings) {
    this(values, diffs, variables, Optional.empty(), warnings);
  }

  public static final Details NONE = new Details(Map.of(), List.of(), Optional.empty(), List.of());

  public static Details of(Map<String, Object> values) {
    return new Details(values, List.of(), Optional.empty(), List.of());
  }

  public static Details of(String key, Object value) {
    return NONE.with(key, value);
  }

  public Details with(String key, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Details(more, diffs, variables, runChange, warnings);
  }

  public Details with(Diff diff) {
    List<Diff> more = new ArrayList<>(diffs);
    more.add(diff);
    return new Details(values, more, variables, runChange, warnings);
  }

  public Details with(NewVariables newVariables) {
    return new Details(values, diffs, Optional.of(newVariables), runChange, warnings);
  }

  public Details with(RunChange change) {
    return new Details(values, diffs, variables, Optional.of(change), warnings);
  }

  public Details warn(String warning) {
    List<String> more = new ArrayList<>(warnings);
    more.add(warning);
    return new Details(values, diffs, variables, runChange, more);
  }
}
