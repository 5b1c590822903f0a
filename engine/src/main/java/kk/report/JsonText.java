package kk.report;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Writes native values as JSON on one line. The only class that knows the JSON library, and only
/// its lower half: to set up the other takes longer than a short run.
public final class JsonText {
  private final JsonFactory json = new JsonFactory();

  /// The text of a value made of maps, lists, texts, numbers and truth values.
  public String of(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = json.createGenerator(ObjectWriteContext.empty(), text)) {
      write(value, generator);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator to) {
    switch (value) {
      case null -> to.writeNull();
      case Boolean truth -> to.writeBoolean(truth);
      case Integer number -> to.writeNumber(number);
      case Long number -> to.writeNumber(number);
      case Double number -> to.writeNumber(number);
      case BigInteger number -> to.writeNumber(number);
      case BigDecimal number -> to.writeNumber(number);
      case Map<?, ?> map -> {
        to.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          to.writeName(String.valueOf(entry.getKey()));
          write(entry.getValue(), to);
        }
        to.writeEndObject();
      }
      case Iterable<?> list -> {
        to.writeStartArray();
        for (Object item : list) {
          write(item, to);
        }
        to.writeEndArray();
      }
      default -> to.writeString(value.toString());
    }
  }
}
