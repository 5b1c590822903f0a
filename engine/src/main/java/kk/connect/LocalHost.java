package kk.connect;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import kk.connect.session.ShellProcess;

/// Starts shells on this machine. Each leads a group of its own where `setsid` exists, so that
/// Ctrl-C in the terminal reaches kk and not what it runs.
final class LocalHost implements Host {
  private final List<String> shell;
  private final Optional<File> directory;

  /// @param directory where shells start, at home when it is empty
  LocalHost(Optional<File> directory) {
    this(
        directory,
        onPath("setsid")
            .map(setsid -> List.of(setsid.toString(), "/bin/sh"))
            .orElse(List.of("/bin/sh")));
  }

  /// @param shell the program and arguments that start a shell
  LocalHost(List<String> shell) {
    this(Optional.empty(), shell);
  }

  private LocalHost(Optional<File> directory, List<String> shell) {
    this.directory = directory;
    this.shell = List.copyOf(shell);
  }

  @Override
  public String user() {
    return System.getProperty("user.name");
  }

  @Override
  public ShellProcess start(Purpose purpose) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(shell);
    File home = directory.orElseGet(() -> new File(System.getProperty("user.home")));
    builder.directory(home.isDirectory() ? home : new File("/"));
    return new LocalShell(builder.start());
  }

  @Override
  public String whyEnded(IOException e) {
    return "the shell on this machine ended";
  }

  @Override
  public void close() {}

  private static Optional<Path> onPath(String program) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
    return Stream.of(path.split(File.pathSeparator))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
