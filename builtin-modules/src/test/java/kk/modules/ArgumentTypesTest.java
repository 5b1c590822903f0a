package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What comes of values was recorded with ansible-core 2.14, the words for `int` are those of newer
/// ones; a text with a full stop is an error.
class ArgumentTypesTest {

  static Stream<Arguments> recorded() {
    return Stream.of(
        row("bool", "yes", true),
        row("bool", 1.0, true),
        row("bool", List.of(1L), "<class 'list'> cannot be converted to a bool."),
        row("int", "7", 7L),
        row("int", "7.5", "\"'7.5'\" cannot be converted to an int."),
        row("float", "1.5", 1.5),
        row("float", "x", "<class 'str'> cannot be converted to a float."),
        row("float", Map.of(), "<class 'dict'> cannot be converted to a float."),
        row("list", "a,b", List.of("a", "b")),
        row("list", 7L, List.of("7")),
        row("list", Map.of(), "<class 'dict'> cannot be converted to a list."),
        row("dict", "a=1, b=2", Map.of("a", "1", "b", "2")),
        row("dict", "{\"a\": 1}", Map.of("a", 1L)),
        row("dict", "{a", "unable to evaluate string as dictionary."),
        row("dict", "x", "dictionary requested, could not parse JSON or key=value."),
        row("dict", List.of(1L), "<class 'list'> cannot be converted to a dict."),
        row("bytes", "10M", 10485760L),
        row("bytes", "1.5KB", 1536L),
        row("bytes", "10 megabytes", 10485760L),
        row("bytes", "10Kb", "<class 'str'> cannot be converted to a Byte value."),
        row("bytes", "5", 5L),
        row("bits", "10Mb", 10485760L),
        row("bits", "10MB", "<class 'str'> cannot be converted to a Bit value."),
        row("bits", "8bits", 8L),
        row("str", 1L, "1"));
  }

  private static Arguments row(String type, Object value, Object result) {
    return Arguments.of(type, value, result);
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void takesWhatAnsibleTakes(String type, Object value, Object wanted) {
    assertEquals(wanted, outcome(type, value));
  }

  private static Object outcome(String type, Object value) {
    try {
      return Objects.requireNonNull(ArgumentTypes.convert(value, type));
    } catch (IllegalArgumentException e) {
      return e.getMessage() + ".";
    }
  }

  @Test
  void doesNotTellWhatIsSecret() {
    Map<String, Object> specification =
        Map.of(
            "word", Map.of("no_log", true, "choices", List.of("a", "b")),
            "number", Map.of("no_log", true, "type", "int"),
            "switches", Map.of("no_log", true, "type", "list", "elements", "bool"));
    List<String> errors =
        ArgumentValidator.errors(
            specification,
            Map.of("word", "swordfish", "number", "s3cret", "switches", List.of("hush")));
    assertEquals(3, errors.size(), errors::toString);
    for (String secret : List.of("swordfish", "s3cret", "hush")) {
      assertEquals(List.of(), errors.stream().filter(error -> error.contains(secret)).toList());
    }
  }
}
