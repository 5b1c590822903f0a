package kk.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import kk.run.RunEvent;

/// Appends assertions and totals to the file that `KK_EVENTS_FILE` names, for the conformance
/// runner.
public final class EventsFile implements RunEvent.Listener {
  private final JsonText json = new JsonText();
  private final Path file;

  public EventsFile(Path file) {
    this.file = file;
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.Asserted asserted) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("event", "assert");
      line.put("conditions", asserted.conditions());
      line.put("ok", asserted.held());
      append(line);
    } else if (event instanceof RunEvent.RunEnded ended && !ended.aborted()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("event", "recap");
      line.put("hosts", JsonLinesReporter.recaps(ended.hosts()));
      append(line);
    }
  }

  private void append(Map<String, Object> line) {
    try {
      Files.writeString(
          file, json.of(line) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
