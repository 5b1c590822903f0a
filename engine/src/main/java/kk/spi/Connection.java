package kk.spi;

import java.io.OutputStream;

/// An open line to one host, kept for the whole run and used by one thread at a time. Which
/// channel, session or process serves a call is the connection's own affair: callers know commands
/// and bytes.
public interface Connection extends AutoCloseable {

  /// Runs a script and waits for its end. Standard output and error are both taken in full; a
  /// script that outlives its limit is killed with its children.
  ///
  /// @throws UnreachableException when the line breaks or the limit passes
  CommandResult run(Command command) throws UnreachableException, InterruptedException;

  /// Runs a script whose standard input is the content, streamed in constant memory. For contents
  /// too large to put into a script. The command's own `input` is not used.
  ///
  /// @param progress told how many bytes have been sent so far, now and then
  CommandResult send(Command receiver, Content content, Progress progress)
      throws UnreachableException, InterruptedException;

  /// Runs a script and streams its standard output to a sink; the result's `stdout` is empty.
  CommandResult receive(Command sender, OutputStream sink)
      throws UnreachableException, InterruptedException;

  /// Ends the line. Never fails, and may be called twice.
  @Override
  void close();

  /// Watches a transfer.
  interface Progress {
    Progress NONE = bytes -> {};

    void sent(long bytes);
  }
}
