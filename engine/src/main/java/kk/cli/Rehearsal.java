package kk.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// Runs several command lines one after the other: each is a line of standard input, its words
/// separated by blanks. The start-up cache of a release is made of what one process has done, and
/// is to know more than one command.
final class Rehearsal {
  private Rehearsal() {}

  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (Main.run(Terminal.ofProcess(), Home.find(), line.split(" ")) != 0) {
        System.err.println("failed: kk " + line);
        System.exit(ExitCode.BUG.number());
      }
    }
    System.exit(0);
  }
}
