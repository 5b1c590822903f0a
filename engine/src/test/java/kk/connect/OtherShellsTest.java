package kk.connect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kk.spi.Connection;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;

/// The contract with other programs as `/bin/sh`, put there in a mount namespace of their own.
class OtherShellsTest {
  @Nested
  class Bash extends ConnectorContract {
    @Override
    Connection connect() throws Exception {
      return with("/bin/bash");
    }
  }

  @Nested
  class Busybox extends ConnectorContract {
    @Override
    Connection connect() throws Exception {
      return with("/bin/busybox");
    }
  }

  private static Connection with(String shell) throws Exception {
    if (!Files.isExecutable(Path.of(shell)) || !System.getProperty("user.name").equals("root")) {
      System.err.println("SKIPPED: the contract with another /bin/sh needs root and " + shell);
      Assumptions.abort("needs root and " + shell);
    }
    String place = Path.of("/bin/sh").toRealPath().toString();
    String start = "mount --bind " + shell + " " + place + " && exec setsid /bin/sh";
    return new ShellConnection(
        "web1", new LocalHost(List.of("unshare", "-m", "/bin/bash", "-c", start)));
  }
}
