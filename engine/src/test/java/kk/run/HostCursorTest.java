package kk.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.inventory.Host;
import kk.playbook.Keyword;
import kk.playbook.ModuleCall;
import kk.playbook.Role;
import kk.playbook.RoleUse;
import kk.playbook.Settings;
import kk.playbook.Step;
import kk.source.Source;
import kk.source.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Steps are written as one letter each, blocks as `(body|rescue|always)`.
class HostCursorTest {
  private static final Span HERE = Span.whole(new Source("test", ""));
  private static final StepContext CONTEXT =
      new StepContext(Settings.NONE, Optional.empty(), List.of(), Map.of(), Path.of("/"));

  @ParameterizedTest
  @CsvSource({
    // steps                       | failing | what is done  | ends failed
    "abc,                             '',       abc,            false",
    "abc,                             b,        ab,             true",
    "a(b|c|d)e,                       '',       abde,           false",
    "a(b|c|d)e,                       b,        abcde,          false",
    "a(b|c|d)e,                       bc,       abcd,           true",
    "a(b|c|d)e,                       d,        abd,            true",
    "a(b|c|d)e,                       bd,       abcd,           true",
    "a(bc||d)e,                       b,        abd,            true",
    "a(bc|r|)e,                       b,        abre,           false",
    "((a|b|c)d|e|f)g,                 a,        abcdfg,         false",
    "((a|b|c)d|e|f)g,                 ab,       abcefg,         false",
    "((a|b|c)d|e|f)g,                 abe,      abcef,          true",
    "((a|b|c)d|e|f)g,                 ac,       abcefg,         false",
    "((a||c)d|e|f)g,                  a,        acefg,          false",
    "((a||)d|e|f)g,                   a,        aefg,           false",
    "((a||c)d||f)g,                   a,        acf,            true",
    "(a|(b|c|d)|e)f,                  ab,       abcdef,         false",
    "(a|(b|c|d)|e)f,                  abc,      abcde,          true",
    "(a||(b|c|d))e,                   b,        abcde,          false",
    "(a||(b|c|d))e,                   ab,       abcd,           true",
    "((((a||)||)||)||)b,              a,        a,              true",
    "(()||)b,                         '',       b,              false",
  })
  void goesOnWhereHelpIs(String steps, String failing, String done, boolean failed) {
    HostCursor cursor = cursor(steps, List.of(), false);

    assertEquals(done, walk(cursor, failing));
    assertEquals(failed, cursor.failed());
  }

  @Test
  void aStoppedHostDoesNothingMore() {
    HostCursor cursor = cursor("(a|b|c)d", List.of(), false);
    cursor.peek();
    cursor.stop();

    assertEquals(Optional.empty(), cursor.peek());
    assertFalse(cursor.failed());
  }

  @Test
  void whatAHostHasReachedIsThereStillWhenAnotherOneStopsIt() {
    HostCursor cursor = cursor("ab", List.of(), false);
    Unit first = cursor.peek().orElseThrow();
    cursor.stop();

    assertEquals(first, cursor.reached());
  }

  @Test
  void knowsWhetherARescueWouldHelp() {
    HostCursor cursor = cursor("(a(b||c)|d|)e", List.of(), false);
    List<Boolean> helps = new ArrayList<>();
    while (cursor.peek().isPresent()) {
      helps.add(cursor.wouldBeRescued());
      cursor.done(true);
    }
    assertEquals(List.of(true, true, true, false), helps);
  }

  @Test
  void notifiedHandlersRunOnceInTheOrderOfDefinition() {
    HostCursor cursor = cursor("ab", handlers("xyz"), false);
    cursor.notifyHandler(2);
    cursor.notifyHandler(0);
    cursor.notifyHandler(2);
    cursor.flushHandlers();

    assertEquals("xzab", walk(cursor, ""));
    cursor.flushHandlers();
    assertEquals(Optional.empty(), cursor.peek());
  }

  @Test
  void aHandlerMayNotifyALaterOneNowAndAnEarlierOneNextTime() {
    HostCursor cursor = cursor("a", handlers("xyz"), false);
    cursor.notifyHandler(1);
    cursor.flushHandlers();
    assertEquals("y", name(cursor));
    cursor.notifyHandler(0);
    cursor.notifyHandler(2);
    cursor.done(true);

    assertEquals("za", walk(cursor, ""));
    cursor.flushHandlers();
    assertEquals("x", walk(cursor, ""));
  }

  @Test
  void aFailingHandlerIsNotTriedAgain() {
    HostCursor cursor = cursor("a(b|c|)d", handlers("xy"), true);
    cursor.notifyHandler(0);
    cursor.notifyHandler(1);
    cursor.flushHandlers();

    assertEquals("x", walk(cursor, "x"));
    assertTrue(cursor.failed());
  }

  @Test
  void forcedHandlersRunAfterAFailure() {
    HostCursor cursor = cursor("ab", handlers("xy"), true);
    cursor.notifyHandler(1);

    assertEquals("ay", walk(cursor, "a"));
    assertTrue(cursor.failed());
  }

  @Test
  void withoutForceTheyAreLost() {
    HostCursor cursor = cursor("ab", handlers("xy"), false);
    cursor.notifyHandler(1);

    assertEquals("a", walk(cursor, "a"));
  }

  @Test
  void includedStepsComeFirstInTheirOrder() {
    HostCursor cursor = cursor("ab", List.of(), false);
    cursor.peek();
    cursor.done(false);
    cursor.include(List.of(Frame.plain(steps("xy"), CONTEXT), Frame.plain(steps("z"), CONTEXT)));

    assertEquals("xyzb", walk(cursor, ""));
  }

  @Test
  void aFailureInIncludedStepsIsRescuedAroundThem() {
    HostCursor cursor = cursor("(ab|r|)c", List.of(), false);
    cursor.peek();
    cursor.done(false);
    cursor.include(List.of(Frame.plain(steps("xy"), CONTEXT)));

    assertEquals("xrc", walk(cursor, "x"));
  }

  @Test
  void aRoleRunsOnceButOnlyIfItReallyDid() {
    Role role = new Role("r", Path.of("/r"), Map.of(), Map.of(), List.of(), steps("x"), List.of());
    List<Step> steps = List.of(use(role, false), use(role, false), use(role, true));

    assertEquals("xx", walk(new HostCursor(host(), steps, CONTEXT, List.of(), false), ""));
    HostCursor skipping = new HostCursor(host(), steps, CONTEXT, List.of(), false);
    StringBuilder seen = new StringBuilder();
    while (skipping.peek().isPresent()) {
      seen.append(name(skipping));
      skipping.done(false);
    }
    assertEquals("xxx", seen.toString());
  }

  @Test
  void positionsOrderAsStepsAreWorkedThrough() {
    HostCursor cursor = cursor("a(b(c||d)|e|f)g", List.of(), false);
    List<Position> positions = new ArrayList<>();
    while (cursor.peek().isPresent()) {
      positions.add(cursor.peek().orElseThrow().position());
      cursor.done(true);
    }
    assertEquals(positions.stream().sorted().toList(), positions);
    assertEquals(positions.size(), Set.copyOf(positions).size());
  }

  private static String walk(HostCursor cursor, String failing) {
    StringBuilder done = new StringBuilder();
    while (cursor.peek().isPresent()) {
      String step = name(cursor);
      done.append(step);
      assertTrue(done.length() < 100, "it goes on and on: " + done);
      if (failing.contains(step)) {
        cursor.fail();
      } else {
        cursor.done(true);
      }
    }
    return done.toString();
  }

  private static String name(HostCursor cursor) {
    return cursor.peek().orElseThrow().step().name();
  }

  private static Host host() {
    return new Host("h", HERE, Map.of());
  }

  private static HostCursor cursor(String steps, List<Handler> handlers, boolean forces) {
    return new HostCursor(host(), steps(steps), CONTEXT, handlers, forces);
  }

  private static List<Handler> handlers(String names) {
    return steps(names).stream().map(step -> new Handler(step, CONTEXT, 0)).toList();
  }

  private static Step.UseRole use(Role role, boolean duplicates) {
    RoleUse use =
        new RoleUse(HERE, "r", Map.of(), RoleUse.Files.MAIN, duplicates, Optional.empty(), true);
    return new Step.UseRole(HERE, Settings.NONE, use, role);
  }

  private static List<Step> steps(String text) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != '(') {
        steps.add(task(text.substring(i, i + 1)));
        continue;
      }
      List<String> parts = new ArrayList<>();
      int depth = 0;
      int from = i + 1;
      for (int j = i; ; j++) {
        char c = text.charAt(j);
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth == 0 || (depth == 1 && c == '|')) {
          parts.add(text.substring(from, j));
          from = j + 1;
        }
        if (depth == 0) {
          i = j;
          break;
        }
      }
      steps.add(
          new Step.Block(
              HERE,
              Settings.NONE,
              steps(parts.get(0)),
              parts.size() > 1 ? steps(parts.get(1)) : List.of(),
              parts.size() > 2 ? steps(parts.get(2)) : List.of()));
    }
    return steps;
  }

  private static Step task(String name) {
    Settings settings = new Settings(Map.of(Keyword.NAME, new Settings.Setting(name, HERE)));
    return new Step.Task(
        HERE,
        settings,
        new ModuleCall("debug", HERE, Map.of(), Optional.empty()),
        Optional.empty());
  }
}
