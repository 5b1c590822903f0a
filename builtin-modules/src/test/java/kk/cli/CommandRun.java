package kk.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// One command line run inside this process, and what it said.
///
/// @param output standard output and standard error as they came
record CommandRun(int exit, String output) {
  static CommandRun of(String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    int exit = Main.run(new Terminal(out, out, false), Home.find(), arguments);
    return new CommandRun(exit, bytes.toString(StandardCharsets.UTF_8));
  }
}
