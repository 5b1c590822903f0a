package kk.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  private final ObjectMapper json = new ObjectMapper();
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
    } else if (event instanceof RunEvent.RunEnded ended) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("event", "recap");
      line.put("hosts", JsonLinesReporter.recaps(ended.hosts()));
      append(line);
    }
  }

  private void append(Map<String, Object> line) {
    try {
      Files.writeString(
          file,
          json.writeValueAsString(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an event that is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
