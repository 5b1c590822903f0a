package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What bash makes of `kk completion`.
class CompletionTest {
  private final Path script;

  CompletionTest(@TempDir Path folder) throws Exception {
    CommandRun run = CommandRun.of("completion");
    assertEquals(0, run.exit(), run.output());
    this.script = Files.writeString(folder.resolve("completion"), run.output());
  }

  @Test
  void completesCommands() throws Exception {
    assertEquals(List.of("registry", "render"), completed("kk", "re"));
    assertEquals(List.of("status", "sync"), completed("kk", "registry", "s"));
  }

  @Test
  void completesOptions() throws Exception {
    assertEquals(List.of("--inventory"), completed("kk", "run", "--inv"));
    assertTrue(completed("kk", "init", "registry", "--").contains("--set"));
  }

  @Test
  void leavesFilesToBash() throws Exception {
    assertEquals(List.of(), completed("kk", "run", "-i", "some"));
    assertTrue(Files.readString(script).contains("-o default kk"));
  }

  /// What bash offers for the last of some words.
  private List<String> completed(String... words) throws IOException, InterruptedException {
    String line =
        "source \"$0\" && COMP_WORDS=(\"$@\") && COMP_CWORD=$(($# - 1)) && _complete_kk 2>/dev/null;"
            + " printf '%s\\n' \"${COMPREPLY[@]}\"";
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", line, script.toString());
    bash.command().addAll(List.of(words));
    Process process = bash.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return told.lines().filter(word -> !word.isEmpty()).sorted().toList();
  }
}
