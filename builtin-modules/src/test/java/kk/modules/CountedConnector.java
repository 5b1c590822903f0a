package kk.modules;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kk.connect.LocalConnector;
import kk.connect.Metered;
import kk.connect.Traffic;
import kk.spi.Command;
import kk.spi.CommandResult;
import kk.spi.Connection;
import kk.spi.Connector;
import kk.spi.Content;
import kk.spi.HostAddress;
import kk.spi.UnreachableException;

/// This machine over a line that counts. When it is closed it writes what went over it to the file
/// that stands where the address of a host stands.
public final class CountedConnector implements Connector {
  @Override
  public String name() {
    return "counted";
  }

  @Override
  public Connection open(HostAddress address) {
    return new Counted(new LocalConnector().open(address), Path.of(address.host()));
  }

  private record Counted(Connection line, Path report) implements Connection {
    @Override
    public CommandResult run(Command command) throws UnreachableException, InterruptedException {
      return line.run(command);
    }

    @Override
    public CommandResult send(Command receiver, Content content, Progress progress)
        throws UnreachableException, InterruptedException {
      return line.send(receiver, content, progress);
    }

    @Override
    public CommandResult receive(Command sender, OutputStream sink)
        throws UnreachableException, InterruptedException {
      return line.receive(sender, sink);
    }

    @Override
    public void close() {
      Traffic traffic = ((Metered) line).traffic();
      line.close();
      try {
        Files.writeString(
            report,
            traffic.roundTrips() + " " + traffic.bytesSent() + " " + traffic.bytesReceived());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
