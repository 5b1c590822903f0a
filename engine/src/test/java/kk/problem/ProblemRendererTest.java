package kk.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import kk.source.Source;
import kk.source.Span;
import org.junit.jupiter.api.Test;

class ProblemRendererTest {
  private final Source source = new Source("roles/a/tasks/main.yaml", "one\n    dst: /opt\n\tx\n");

  @Test
  void showsTheLineWithAFrame() {
    assertEquals(
        """
        error[unknown-argument]: module `template` has no argument `dst`
         --> roles/a/tasks/main.yaml:2:5
          |
        2 |     dst: /opt
          |     ^^^
          = it takes: src, dest
          = task "Write"
          hint: did you mean `dest`?
        """,
        ProblemRenderer.render(
            Problem.of(
                    "unknown-argument",
                    new Span(source, 2, 5, 3),
                    "module `template` has no argument `dst`")
                .note("it takes: src, dest")
                .note("task \"Write\"")
                .suggest("dst", java.util.List.of("src", "dest"))));
  }

  @Test
  void aWholeSourceHasNoLine() {
    assertEquals(
        """
        warning[empty]: there is nothing in it
         --> roles/a/tasks/main.yaml
         = a note
        """,
        ProblemRenderer.render(
            Problem.warning("empty", Span.whole(source), "there is nothing in it").note("a note")));
  }

  @Test
  void theFrameStaysOnItsLine() {
    assertEquals(
        """
        error[id]: title
         --> roles/a/tasks/main.yaml:1:2
          |
        1 | one
          |  ^^
        """,
        ProblemRenderer.render(Problem.of("id", new Span(source, 1, 2, 500), "title")));
  }

  @Test
  void tabsTakeOneColumn() {
    assertEquals(
        """
        error[id]: title
         --> roles/a/tasks/main.yaml:3:2
          |
        3 |  x
          |  ^
        """,
        ProblemRenderer.render(Problem.of("id", new Span(source, 3, 2, 1), "title")));
  }

  @Test
  void aPlaceBehindTheLineIsItsEnd() {
    assertEquals(
        """
        error[id]: title
         --> roles/a/tasks/main.yaml:1:9
          |
        1 | one
          |    ^
        """,
        ProblemRenderer.render(Problem.of("id", new Span(source, 1, 9, 1), "title")));
  }
}
