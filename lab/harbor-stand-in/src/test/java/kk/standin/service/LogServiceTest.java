package kk.standin.service;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogServiceTest {
  private final Path folder;

  LogServiceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void writesAFileForEachTag() throws IOException {
    try (LogService service = LogService.start(folder, 0);
        Socket docker = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      docker
          .getOutputStream()
          .write(
              "<30>Nov 22 22:43:51 core[17556]: one\n<30>Nov  2 02:43:51 trivy-adapter[1]: two [3]: x\n<30>Nov 22 22:43:52 core[17556]: three\n"
                  .getBytes(StandardCharsets.UTF_8));
      await()
          .until(
              () ->
                  Files.exists(folder.resolve("core.log")) && text("core.log").endsWith("three\n"));
    }
    assertEquals(
        "Nov 22 22:43:51 core[17556]: one\nNov 22 22:43:52 core[17556]: three\n", text("core.log"));
    assertEquals("Nov  2 02:43:51 trivy-adapter[1]: two [3]: x\n", text("trivy-adapter.log"));
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
