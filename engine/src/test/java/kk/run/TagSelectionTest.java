package kk.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which tasks run, by Ansible's rules: `--tags`, `--skip-tags`, the task's tags.
class TagSelectionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // wanted  | skipped     | tags           | runs
        "          |             |                | true",
        "          |             | a              | true",
        "          |             | never          | false",
        "          |             | never a        | false",
        "          |             | always         | true",
        "          |             | always never   | true",
        "all       |             |                | true",
        "all       |             | a              | true",
        "all       |             | never a        | false",
        "all never |             | never          | true",
        "a         |             |                | false",
        "a         |             | a b            | true",
        "a         |             | b              | false",
        "a         |             | always         | true",
        "a         |             | never a        | true",
        "a         |             | never b        | false",
        "a         |             | always never   | true",
        "a b       |             | b              | true",
        "never     |             | never b        | true",
        "tagged    |             |                | false",
        "tagged    |             | a              | true",
        "tagged    |             | never a        | false",
        "tagged    |             | always         | true",
        "untagged  |             |                | true",
        "untagged  |             | a              | false",
        "untagged  |             | always         | true",
        "          | a           | a              | false",
        "          | a           | b              | true",
        "          | a           |                | true",
        "          | a           | always a       | false",
        "          | always      | always         | false",
        "          | all         |                | false",
        "          | all         | a              | false",
        "          | all         | always         | true",
        "          | all always  | always         | false",
        "          | tagged      | a              | false",
        "          | tagged      |                | true",
        "          | untagged    |                | false",
        "          | untagged    | a              | true",
        "a         | b           | a b            | false",
        "a         | b           | a              | true"
      })
  void selects(
      @Nullable String wanted, @Nullable String skipped, @Nullable String tags, boolean runs) {
    assertEquals(runs, new TagSelection(words(wanted), words(skipped)).selects(words(tags)));
  }

  private static List<String> words(@Nullable String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }
}
