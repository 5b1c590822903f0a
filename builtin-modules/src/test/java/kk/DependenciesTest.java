package kk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What comes with the libraries and is not needed, or may not be given away, stays out.
class DependenciesTest {
  private static final Pattern EXCLUDED =
      Pattern.compile(
          "(javassist|commons-net|java-ipv6|snakeyaml-[12]|findbugs|.*jsr305|checker-qual"
              + "|derive4j|hubspot-style).*");

  /// Libraries of tests, which aren't in the release.
  private static final Pattern OF_TESTS =
      Pattern.compile("(junit|opentest4j|apiguardian|awaitility|hamcrest|sshd-|jcl-over).*");

  private static final long MOST_BYTES = 32_000_000;

  @Test
  void nothingUnneededComesWithTheLibraries() {
    assertEquals(List.of(), jars().map(DependenciesTest::name).filter(this::isExcluded).toList());
  }

  @Test
  void theLibrariesOfTheReleaseAreSmall() {
    List<Path> released =
        jars().filter(jar -> !OF_TESTS.matcher(name(jar)).matches()).sorted().toList();
    assertTrue(released.size() > 15, released::toString);
    long bytes = released.stream().mapToLong(DependenciesTest::size).sum();
    assertTrue(bytes < MOST_BYTES, () -> bytes + " bytes: " + released);
  }

  private boolean isExcluded(String jar) {
    return EXCLUDED.matcher(jar).matches();
  }

  private static Stream<Path> jars() {
    String path = Objects.requireNonNull(System.getProperty("java.class.path"));
    return Stream.of(path.split(File.pathSeparator, -1))
        .filter(entry -> entry.endsWith(".jar"))
        .map(Path::of);
  }

  private static String name(Path jar) {
    return String.valueOf(jar.getFileName());
  }

  private static long size(Path jar) {
    try {
      return Files.size(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
