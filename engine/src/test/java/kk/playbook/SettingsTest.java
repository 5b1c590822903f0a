package kk.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.source.Source;
import kk.source.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingsTest {
  private static final Span HERE = Span.whole(new Source("test", ""));

  @Test
  void theNearestValueCounts() {
    Settings play = of(Keyword.BECOME, true);

    assertEquals(true, value(play.below(Settings.NONE), Keyword.BECOME));
    assertEquals(false, value(play.below(of(Keyword.BECOME, false)), Keyword.BECOME));
  }

  @Test
  void conditionsJoinTheOutermostFirst() {
    Settings block = of(Keyword.WHEN, List.of("outer"));
    Settings task = of(Keyword.WHEN, List.of("inner one", "inner two"));

    assertEquals(List.of("outer", "inner one", "inner two"), block.below(task).list(Keyword.WHEN));
  }

  @Test
  void variablesMergeEntryByEntry() {
    Settings block = of(Keyword.VARS, Map.of("a", "outer", "b", "outer"));
    Settings task = of(Keyword.VARS, Map.of("b", "inner", "c", "inner"));

    assertEquals(
        Map.of("a", "outer", "b", "inner", "c", "inner"), block.below(task).map(Keyword.VARS));
  }

  @ParameterizedTest
  @EnumSource(
      value = Keyword.class,
      names = {
        "NAME",
        "LOOP",
        "LOOP_CONTROL",
        "REGISTER",
        "UNTIL",
        "RETRIES",
        "DELAY",
        "CHANGED_WHEN",
        "FAILED_WHEN",
        "ARGS",
        "LISTEN",
        "SERIAL",
        "MAX_FAIL_PERCENTAGE"
      })
  void someConcernOneThingAlone(Keyword keyword) {
    assertEquals(Optional.empty(), of(keyword, "x").below(Settings.NONE).find(keyword));
  }

  @ParameterizedTest
  @EnumSource(
      value = Keyword.class,
      names = {
        "TAGS",
        "NOTIFY",
        "WHEN",
        "VARS",
        "ENVIRONMENT",
        "BECOME",
        "BECOME_USER",
        "BECOME_METHOD",
        "BECOME_EXE",
        "BECOME_FLAGS",
        "IGNORE_ERRORS",
        "IGNORE_UNREACHABLE",
        "ANY_ERRORS_FATAL",
        "NO_LOG",
        "CHECK_MODE",
        "DIFF",
        "RUN_ONCE",
        "DELEGATE_TO",
        "DELEGATE_FACTS",
        "THROTTLE",
        "TIMEOUT",
        "CONNECTION",
        "REMOTE_USER"
      })
  void someReachWhatIsBelow(Keyword keyword) {
    Settings block = of(keyword, keyword == Keyword.VARS ? Map.of("a", 1) : List.of("x"));

    assertEquals(
        block.find(keyword), Settings.NONE.below(block).below(Settings.NONE).find(keyword));
  }

  @Test
  void withoutLeavesTheOthers() {
    Settings both = of(Keyword.NAME, "x").below(of(Keyword.BECOME, true));

    assertEquals(Settings.NONE, both.without(Keyword.BECOME, Keyword.NAME));
    assertEquals(both, both.without(Keyword.LOOP));
  }

  private static Settings of(Keyword keyword, Object value) {
    return new Settings(Map.of(keyword, new Settings.Setting(value, HERE)));
  }

  private static @Nullable Object value(Settings settings, Keyword keyword) {
    return settings.find(keyword).orElseThrow().value();
  }
}
