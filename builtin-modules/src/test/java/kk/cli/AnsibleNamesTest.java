package kk.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Ansible's names call kk, in a checkout and in a release.
class AnsibleNamesTest {
  private static final Path NAMES = Home.find().folder().resolve("distribution/ansible");

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  Path tmp;

  @ParameterizedTest
  @CsvSource({
    "ansible-playbook, run --ansible-compat a b",
    "ansible, adhoc --ansible-compat a b",
    "ansible-inventory, inventory --ansible-compat a b",
    "ansible-vault, vault a b"
  })
  void callKk(String name, String line) throws Exception {
    assertEquals("checkout " + line, called("distribution/ansible", "kk", "checkout", name));
    assertEquals("release " + line, called("ansible", "bin/kk", "release", name));
  }

  private String called(String folder, String kk, String mark, String name)
      throws IOException, InterruptedException {
    Path home = tmp.resolve(mark);
    Path program = home.resolve(kk);
    Files.createDirectories(program.getParent());
    Files.writeString(program, "#!/bin/sh\nprintf '" + mark + " %s' \"$*\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    Path names = Files.createDirectories(home.resolve(folder));
    for (String each : new String[] {"ansible", name}) {
      Files.copy(
          NAMES.resolve(each),
          names.resolve(each),
          java.nio.file.LinkOption.NOFOLLOW_LINKS,
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.COPY_ATTRIBUTES);
    }
    Process process = new ProcessBuilder(names.resolve(name).toString(), "a", "b").start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    return said;
  }
}
