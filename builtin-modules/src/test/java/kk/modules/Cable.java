package kk.modules;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A line to a server in this process that can be cut: whoever uses it is refused then.
final class Cable implements AutoCloseable {
  private final int to;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket server;

  Cable(int to) {
    this.to = to;
    server = listen(0);
    port = server.getLocalPort();
    accept(server);
  }

  int port() {
    return port;
  }

  void cut() {
    try {
      server.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void mend() {
    server = listen(port);
    accept(server);
  }

  @Override
  public void close() {
    cut();
  }

  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept(ServerSocket listening) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket client = listening.accept();
                  Socket target = new Socket(InetAddress.getLoopbackAddress(), to);
                  sockets.add(client);
                  sockets.add(target);
                  forward(client, target);
                  forward(target, client);
                }
              } catch (IOException e) {
                // cut
              }
            });
  }

  private void forward(Socket from, Socket into) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  into) {
                from.getInputStream().transferTo(into.getOutputStream());
              } catch (IOException e) {
                // cut, or one of them has gone
              } finally {
                sockets.remove(from);
              }
            });
  }
}
