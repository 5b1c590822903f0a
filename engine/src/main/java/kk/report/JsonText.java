package kk.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

/// Writes native values as JSON on one line. The only class that knows the JSON library.
public final class JsonText {
  private final ObjectMapper json = new ObjectMapper();

  /// The text of a value made of maps, lists, texts, numbers and truth values.
  public String of(@Nullable Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a value that is no JSON", e);
    }
  }
}
