package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateModuleTest {
  private final Path directory;

  TemplateModuleTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void rendersAndThenLeavesAlone() {
    TestHost host = new TestHost(directory);
    host.write("templates/t.j2", "port: {{ port }}\n");
    host.variables.put("port", 443L);
    Object[] arguments = {"src", "t.j2", "dest", host.path("out")};

    host.onlyChecks(new TemplateModule(), arguments);
    host.changed(new TemplateModule(), arguments);
    host.unchanged(new TemplateModule(), arguments);

    assertEquals("port: 443\n", host.text("out"));
    assertEquals(3, host.roundTrips);
  }

  @Test
  void writesOtherLineEnds() {
    TestHost host = new TestHost(directory);
    host.write("templates/t.j2", "a\nb\n");
    host.changed(
        new TemplateModule(), "src", "t.j2", "dest", host.path("o"), "newline_sequence", "\\r\\n");
    assertEquals("a\r\nb\r\n", host.text("o"));
    assertTrue(
        host.refusal(
                new TemplateModule(),
                "src",
                "t.j2",
                "dest",
                host.path("o"),
                "newline_sequence",
                "x")
            .contains("one of"));
  }
}
