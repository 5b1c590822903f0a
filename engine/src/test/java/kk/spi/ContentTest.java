package kk.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ContentTest {

  @Test
  void aLineBehindAContentIsAskedForAtItsEnd() throws IOException {
    AtomicBoolean asked = new AtomicBoolean();
    Content content =
        Content.of("abcdef")
            .from(2)
            .followedBy(
                () -> {
                  asked.set(true);
                  return "line";
                });
    assertEquals(4, content.size());
    assertEquals(2, content.offset());
    try (InputStream stream = content.open()) {
      assertEquals("cdef", text(stream.readNBytes(4)));
      assertFalse(asked.get());
      assertEquals("line\n", text(stream.readAllBytes()));
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
