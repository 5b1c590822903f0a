package kk.standin.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes what Docker's syslog driver sends by TCP, and appends it to a file a tag. It does not
/// rotate them.
public final class LogService implements AutoCloseable {
  private static final Pattern LINE =
      Pattern.compile("<\\d+>(?<when>\\S+ +\\d+ [0-9:]+|\\S+) .*?(?<tag>[\\w-]+)\\[\\d+]: .*");

  private final Path folder;
  private final ServerSocket server;

  private LogService(Path folder, ServerSocket server) {
    this.folder = folder;
    this.server = server;
  }

  /// Begins to listen, on all addresses; port 0 is a free one.
  public static LogService start(Path folder, int port) throws IOException {
    ServerSocket server = new ServerSocket(port, 50, InetAddress.getByAddress(new byte[4]));
    LogService service = new LogService(folder, server);
    Thread.ofPlatform().start(service::accept);
    return service;
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> follow(client));
      } catch (IOException e) {
        System.out.println("accept: " + e.getMessage());
      }
    }
  }

  private void follow(Socket client) {
    try (client;
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        append(line);
      }
    } catch (IOException e) {
      System.out.println("lost a client: " + e.getMessage());
    }
  }

  private synchronized void append(String line) throws IOException {
    Matcher parts = LINE.matcher(line);
    String tag = parts.matches() ? parts.group("tag") : "other";
    Files.writeString(
        folder.resolve(tag + ".log"),
        line.replaceFirst("^<\\d+>", "") + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
