package kk.connect;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Makes sockets that send at once. Without it each small packet waits for the acknowledgement of
/// the one before: 48 ms a command instead of under 1. What arrives is read ahead, because sshj
/// reads the length of a packet and its rest apart, and the most are shorter than a line of text.
final class LowDelaySockets extends SocketFactory {
  /// Bytes read ahead. More than that goes straight to who asks for it.
  private static final int AHEAD = 1024;

  /// A socket that reads ahead.
  private static final class ReadingAhead extends Socket {
    private @Nullable InputStream ahead;

    @Override
    public synchronized InputStream getInputStream() throws IOException {
      InputStream stream = ahead;
      if (stream == null) {
        stream = new BufferedInputStream(super.getInputStream(), AHEAD);
        ahead = stream;
      }
      return stream;
    }
  }

  @Override
  public Socket createSocket() throws IOException {
    Socket socket = new ReadingAhead();
    socket.setTcpNoDelay(true);
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    Socket socket = createSocket();
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket(InetAddress.getByName(host), port, local, localPort);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket(host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    Socket socket = createSocket();
    socket.bind(new InetSocketAddress(local, localPort));
    socket.connect(new InetSocketAddress(host, port));
    return socket;
  }
}
