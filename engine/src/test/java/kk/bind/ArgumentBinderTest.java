package kk.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.OtherArguments;
import kk.spi.Secret;
import kk.spi.SharedArguments;
import kk.spi.Unevaluated;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentBinderTest {
  enum State {
    PRESENT,
    ABSENT
  }

  record Everything(
      @Doc("text") Optional<String> text,
      Optional<Boolean> truth,
      Optional<Integer> whole,
      Optional<Long> big,
      Optional<Double> decimal,
      Optional<Path> path,
      Optional<FileMode> mode,
      Optional<Secret> secret,
      Optional<Duration> delay,
      Optional<State> state,
      Optional<List<String>> list,
      Optional<List<Integer>> numbers,
      Optional<Map<String, String>> map,
      Optional<Object> any,
      Optional<List<Unevaluated>> conditions) {}

  record Rules(
      String name,
      @Alias({"dst", "target"}) Optional<String> dest,
      @Default("yes") boolean backup,
      @Default("0644") FileMode fileMode) {
    Rules {
      if (name.equals("refused")) {
        throw new IllegalArgumentException("this name is refused");
      }
    }
  }

  record Open(String name, @OtherArguments Map<String, Object> others) {}

  record Shared(@Alias("user") String login, @Default("22") int port) implements SharedArguments {
    Shared {
      if (port < 1) {
        throw new IllegalArgumentException("`port` is 1 or more");
      }
    }
  }

  record Sharing(String name, Shared shared, Optional<String> rest) {}

  @Test
  void sharedArgumentsAreWrittenBesideTheOthers() {
    ArgumentSchema<Sharing> schema = ArgumentSchema.of(Sharing.class);
    assertEquals(List.of("name", "login", "port", "rest"), schema.names());
    assertEquals(
        new Sharing("n", new Shared("me", 22), Optional.of("r")),
        ArgumentBinder.bind(schema, Map.of("name", "n", "user", "me", "rest", "r")));
    assertEquals(
        "the argument `login` is missing",
        assertThrows(BindingFailed.class, () -> ArgumentBinder.bind(schema, Map.of("name", "n")))
            .getMessage());
    assertEquals(
        "`port` is 1 or more",
        assertThrows(
                BindingFailed.class,
                () -> ArgumentBinder.bind(schema, Map.of("name", "n", "login", "me", "port", 0L)))
            .getMessage());
  }

  private static Everything one(String name, Object value) {
    return ArgumentBinder.bind(ArgumentSchema.of(Everything.class), Map.of(name, value));
  }

  private static String refused(String name, Object value) {
    BindingFailed failed = assertThrows(BindingFailed.class, () -> one(name, value));
    assertEquals(Optional.of(name), failed.argument());
    return String.valueOf(failed.getMessage());
  }

  @Test
  void textTakesNumbersAndTruth() {
    assertEquals("5", one("text", 5L).text().orElseThrow());
    assertEquals("2.5", one("text", 2.5).text().orElseThrow());
    assertEquals("True", one("text", true).text().orElseThrow());
    assertEquals("`text`: it takes text, not a list", refused("text", List.of()));
    assertEquals("`text`: it takes text, not a mapping", refused("text", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "yes, true",
    "on, true",
    "1, true",
    "True, true",
    "no, false",
    "n, false",
    "0, false"
  })
  void truthTakesWords(String word, boolean truth) {
    assertEquals(truth, one("truth", word).truth().orElseThrow());
  }

  @Test
  void truthRefusesOtherWords() {
    assertEquals("`truth`: it takes true or false, not `perhaps`", refused("truth", "perhaps"));
    assertEquals("`truth`: it takes true or false, not `2`", refused("truth", 2L));
    assertEquals(true, one("truth", 1L).truth().orElseThrow());
  }

  @Test
  void numbersTakeText() {
    assertEquals(5, one("whole", " 5 ").whole().orElseThrow());
    assertEquals(5, one("whole", 5.0).whole().orElseThrow());
    assertEquals(2.5, one("decimal", "2.5").decimal().orElseThrow());
    assertEquals(3.0, one("decimal", 3L).decimal().orElseThrow());
    assertEquals("`whole`: it takes a whole number, not `5.5`", refused("whole", 5.5));
    assertEquals("`whole`: it takes a whole number, not `many`", refused("whole", "many"));
    assertEquals(
        "`big`: it takes a whole number, not `9223372036854775808`",
        refused("big", BigInteger.ONE.shiftLeft(63)));
    assertEquals("`decimal`: it takes a number, not `x`", refused("decimal", "x"));
  }

  @Test
  void aNumberThatIsTooLargeIsRefusedNotCutOff() {
    assertEquals(
        "`whole`: it takes a whole number, not `4294967296`", refused("whole", 4294967296L));
  }

  @Test
  void typesOfTheirOwn() {
    assertEquals(Path.of("/a"), one("path", "/a").path().orElseThrow());
    assertEquals("0644", one("mode", "0644").mode().orElseThrow().text());
    assertEquals("s3cret", one("secret", "s3cret").secret().orElseThrow().reveal());
    assertEquals(Duration.ofMillis(1500), one("delay", 1.5).delay().orElseThrow());
  }

  @Test
  void choicesAreTold() {
    assertEquals(State.ABSENT, one("state", "absent").state().orElseThrow());
    assertEquals("`state`: it takes one of present, absent, not `gone`", refused("state", "gone"));
  }

  @Test
  void listsTakeOneItemAndCommas() {
    assertEquals(List.of("a", "b"), one("list", List.of("a", "b")).list().orElseThrow());
    assertEquals(List.of("a"), one("list", "a").list().orElseThrow());
    assertEquals(List.of("a", "b"), one("list", "a, b").list().orElseThrow());
    assertEquals(List.of(1, 2), one("numbers", List.of("1", 2L)).numbers().orElseThrow());
    assertEquals(List.of(7), one("numbers", 7L).numbers().orElseThrow());
  }

  @Test
  void mappingsKeepTheirOrder() {
    assertEquals(Map.of("a", "1"), one("map", Map.of("a", 1L)).map().orElseThrow());
    assertEquals("`map`: it takes a mapping, not a list", refused("map", List.of()));
  }

  @Test
  void anythingStaysAsItIs() {
    assertEquals(List.of(1L, "x"), one("any", List.of(1L, "x")).any().orElseThrow());
  }

  @Test
  void conditionsAreNotEvaluated() {
    assertEquals(
        List.of(new Unevaluated("a == 1"), new Unevaluated("true")),
        one("conditions", List.of("a == 1", true)).conditions().orElseThrow());
  }

  @Test
  void defaultsAndAliases() {
    assertEquals(
        new Rules("n", Optional.of("x"), true, new FileMode("0644")),
        ArgumentBinder.bind(ArgumentSchema.of(Rules.class), Map.of("name", "n", "dst", "x")));
    assertEquals(
        new Rules("n", Optional.empty(), false, new FileMode("u=rw")),
        ArgumentBinder.bind(
            ArgumentSchema.of(Rules.class),
            Map.of("name", "n", "backup", false, "file_mode", "u=rw")));
  }

  @Test
  void nothingIsLikeLeftOut() {
    Map<String, Object> given = new HashMap<>();
    given.put("name", "n");
    given.put("dest", null);
    given.put("backup", null);

    assertEquals(
        new Rules("n", Optional.empty(), true, new FileMode("0644")),
        ArgumentBinder.bind(ArgumentSchema.of(Rules.class), given));
  }

  @Test
  void missingUnknownAndRefused() {
    assertEquals("the argument `name` is missing", message(Map.of()));
    assertEquals("there is no argument `nme`", message(Map.of("name", "n", "nme", "x")));
    assertEquals("this name is refused", message(Map.of("name", "refused")));
  }

  private static String message(Map<String, Object> given) {
    BindingFailed failed =
        assertThrows(
            BindingFailed.class, () -> ArgumentBinder.bind(ArgumentSchema.of(Rules.class), given));
    return String.valueOf(failed.getMessage());
  }

  @Test
  void othersAreTakenByTheirComponent() {
    assertEquals(
        new Open("n", Map.of("a", 1L, "b", List.of())),
        ArgumentBinder.bind(
            ArgumentSchema.of(Open.class), Map.of("name", "n", "a", 1L, "b", List.of())));
  }
}
