package kk.cli;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Large files over lines that break.
class UploadTest {
  private static final int MIB = 1024 * 1024;
  private static final int SIZE = 24 * MIB;

  /// What the host takes at a time.
  private static final int PIECE = 64 * MIB;

  /// What all but the content may come to.
  private static final int OTHER = MIB / 2;

  private final Path folder;
  private final CuttableSshd host;

  UploadTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    this.host = CuttableSshd.start(folder);
    Files.createDirectory(folder.resolve("there"));
    Files.writeString(folder.resolve("there/large"), "old\n");
    source(1, SIZE);
  }

  @AfterEach
  void stop() throws IOException {
    host.close();
  }

  @Test
  void goesOnWhereItWasCut() throws Exception {
    cutAt(15 * MIB);
    assertEquals("old\n", Files.readString(folder.resolve("there/large")));
    long arrived = Files.size(partial());
    assertTrue(arrived > 8 * MIB && arrived < SIZE, () -> arrived + " bytes");

    host.open();
    copy(0);

    long rest = SIZE - arrived / MIB * MIB;
    assertTrue(host.sent() < rest + OTHER, () -> host.sent() + " bytes sent, left were " + rest);
    assertRight();
  }

  @Test
  void aChangedSourceStartsAnew() throws Exception {
    cutAt(15 * MIB);
    source(2, SIZE);

    host.open();
    copy(0);

    assertTrue(host.sent() > SIZE, () -> host.sent() + " bytes sent");
    assertRight();
  }

  @Test
  void aSourceThatChangedWithoutATraceIsSentAnew() throws Exception {
    FileTime time = Files.getLastModifiedTime(folder.resolve("large"));
    cutAt(15 * MIB);
    source(2, SIZE);
    Files.setLastModifiedTime(folder.resolve("large"), time);

    host.open();
    copy(0);

    assertTrue(host.sent() > SIZE, () -> host.sent() + " bytes sent");
    assertRight();
  }

  @Test
  void whatWasDamagedMeanwhileIsSentAnew() throws Exception {
    cutAt(15 * MIB);
    try (RandomAccessFile file = new RandomAccessFile(partial().toFile(), "rw")) {
      file.seek(MIB);
      file.write("damage".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    host.open();
    copy(0);

    assertTrue(host.sent() > SIZE, () -> host.sent() + " bytes sent");
    assertRight();
  }

  @Test
  void severalCutsAddUp() throws Exception {
    int attempts = 1;
    while (cutAt(9 * MIB)) {
      attempts++;
      assertTrue(attempts < 10);
    }
    assertTrue(attempts > 2);
    assertRight();
  }

  @Test
  void piecesFollowEachOther() throws Exception {
    for (int size : List.of(PIECE, PIECE + 1)) {
      source(size, size);
      copy(0);
      assertRight();
    }
  }

  @Test
  void aRightFileIsNotSent() throws Exception {
    copy(0);
    host.open();
    copy(0);
    assertTrue(host.sent() < OTHER, () -> host.sent() + " bytes sent");
    assertRight();
  }

  /// Copies until the line breaks, or to the end if less than that is left. The receiver may take a
  /// moment to notice.
  ///
  /// @return whether it broke
  private boolean cutAt(int bytes) throws Exception {
    host.breakAfter(bytes);
    CommandRun run = copy();
    if (run.exit() == 0) {
      return false;
    }
    assertEquals(4, run.exit(), run.output());
    await().until(() -> writers().isEmpty());
    return true;
  }

  /// What on the host still writes.
  private List<String> writers() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains("of=" + folder))
        .toList();
  }

  private void copy(int exit) throws Exception {
    CommandRun run = copy();
    assertEquals(exit, run.exit(), run.output());
  }

  private CommandRun copy() throws Exception {
    Path playbook =
        Files.writeString(
            folder.resolve("play.yaml"),
            """
            - hosts: there
              gather_facts: false
              tasks:
                - copy: {src: %1$s/large, dest: %1$s/there/large, mode: "0640"}
            """
                .formatted(folder));
    return CommandRun.of(
        "run",
        playbook.toString(),
        "-i",
        host.inventory().toString(),
        "--known-hosts",
        folder.resolve("known_hosts").toString(),
        "--output",
        "plain");
  }

  /// Puts other bytes into the source.
  private void source(long seed, int size) throws IOException {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    Files.write(folder.resolve("large"), bytes);
  }

  private Path partial() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("there"))) {
      List<Path> partial = files.filter(file -> !file.endsWith("large")).toList();
      assertEquals(1, partial.size(), partial::toString);
      return partial.getFirst();
    }
  }

  private void assertRight() throws IOException {
    assertEquals(-1, Files.mismatch(folder.resolve("large"), folder.resolve("there/large")));
    assertEquals(List.of(folder.resolve("there/large")), listing());
    assertEquals(
        "rw-r-----",
        java.nio.file.attribute.PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("there/large"))));
  }

  private List<Path> listing() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("there"))) {
      return files.toList();
    }
  }
}
