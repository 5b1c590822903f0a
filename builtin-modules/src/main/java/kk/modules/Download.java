package kk.modules;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import kk.spi.TaskFailed;

/// Brings a file from a web server to this machine. What has arrived when a connection breaks is
/// kept beside the file's place, and the next attempt, be it minutes or days later, goes on from
/// there when the server still has the same file.
final class Download {
  private static final int REDIRECTS = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /// How to ask.
  ///
  /// @param headers sent to the server of the address, not to others it sends us to
  /// @param silence how long a server may say nothing
  /// @param attempts how often to try before giving up
  /// @param pause how long to wait after the first failure; doubles with each further one
  record Manner(Map<String, String> headers, Duration silence, int attempts, Duration pause) {}

  /// Watches a transfer.
  interface Progress {
    void arrived(long bytes, long of);
  }

  /// It broke, and may work another time.
  private static final class Interruption extends Exception {
    private static final long serialVersionUID = 1L;
    private final Optional<Duration> notBefore;

    Interruption(String why, Optional<Duration> notBefore) {
      super(why);
      this.notBefore = notBefore;
    }
  }

  private final HttpClient client;
  private final Manner manner;

  Download(HttpClient client, Manner manner) {
    this.client = client;
    this.manner = manner;
  }

  /// Brings the file, in as many attempts as it takes.
  ///
  /// @param part where what has arrived is kept
  /// @throws TaskFailed when the server doesn't have it or all attempts failed
  void bring(URI from, Path part, Progress progress) throws InterruptedException {
    Duration pause = manner.pause();
    for (int attempt = 1; ; attempt++) {
      try {
        attempt(from, part, progress);
        Files.deleteIfExists(mark(part));
        return;
      } catch (IOException | Interruption e) {
        if (attempt >= manner.attempts()) {
          throw new TaskFailed(
              "%s can't be downloaded, tried %d times: %s".formatted(from, attempt, reason(e)));
        }
        Thread.sleep(e instanceof Interruption i ? i.notBefore.orElse(pause) : pause);
        pause =
            pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                ? pause.multipliedBy(2)
                : LONGEST_PAUSE;
      }
    }
  }

  private static String reason(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the name of the server can't be resolved";
      }
      if (cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return failure.getClass().getSimpleName();
  }

  private void attempt(URI from, Path part, Progress progress)
      throws IOException, Interruption, InterruptedException {
    long there = Files.exists(part) && Files.exists(mark(part)) ? Files.size(part) : 0;
    HttpResponse<InputStream> response = request(from, there, part);
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> there = 0;
        case 206 -> {}
        case 416 -> {
          Files.deleteIfExists(mark(part));
          throw new Interruption(
              "the file has another size than before", Optional.of(Duration.ZERO));
        }
        case 408, 429, 500, 502, 503, 504 ->
            throw new Interruption("the server says " + response.statusCode(), notBefore(response));
        default ->
            throw new TaskFailed("%s: the server says %d".formatted(from, response.statusCode()));
      }
      if (there == 0) {
        Files.deleteIfExists(part);
        Optional<String> version = version(response);
        if (version.isPresent()) {
          Files.writeString(mark(part), version.get());
        } else {
          Files.deleteIfExists(mark(part));
        }
      }
      long length = response.headers().firstValueAsLong("content-length").orElse(-1);
      long total = length < 0 ? -1 : there + length;
      long arrived = copy(body, part, there, total, progress);
      if (total >= 0 && arrived != total) {
        throw new IOException(
            "the connection ended after %d bytes of %d".formatted(arrived, total));
      }
    }
  }

  private long copy(InputStream body, Path part, long there, long total, Progress progress)
      throws IOException {
    AtomicLong heard = new AtomicLong(System.nanoTime());
    Thread watch = Thread.ofVirtual().start(() -> closeWhenSilent(body, heard));
    long arrived = there;
    try (OutputStream out =
        Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      byte[] buffer = new byte[128 * 1024];
      for (int n = read(body, buffer, arrived); n >= 0; n = read(body, buffer, arrived)) {
        heard.set(System.nanoTime());
        out.write(buffer, 0, n);
        arrived += n;
        progress.arrived(arrived, Math.max(total, arrived));
      }
    } finally {
      watch.interrupt();
    }
    return arrived;
  }

  private static int read(InputStream body, byte[] buffer, long arrived) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new IOException("the connection broke after %d bytes".formatted(arrived), e);
    }
  }

  /// A read has no time limit of its own; closing the stream under it ends it.
  private void closeWhenSilent(InputStream body, AtomicLong heard) {
    try {
      long left = manner.silence().toNanos();
      while (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
        left = heard.get() + manner.silence().toNanos() - System.nanoTime();
      }
      body.close();
    } catch (InterruptedException | IOException e) {
      // it has all arrived, or the reader hears of it
    }
  }

  /// Follows redirections itself: credentials stay with the server they are meant for, and nothing
  /// leads from an encrypted connection to a plain one.
  private HttpResponse<InputStream> request(URI from, long there, Path part)
      throws IOException, InterruptedException {
    URI uri = from;
    for (int i = 0; i < REDIRECTS; i++) {
      HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(manner.silence());
      if (sameServer(from, uri)) {
        manner.headers().forEach(request::setHeader);
      }
      if (there > 0) {
        request.setHeader("Range", "bytes=" + there + "-");
        request.setHeader("If-Range", Files.readString(mark(part)));
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      Optional<String> location = response.headers().firstValue("location");
      if (response.statusCode() / 100 != 3 || location.isEmpty()) {
        return response;
      }
      response.body().close();
      URI next = uri.resolve(location.get());
      if (uri.getScheme().equals("https") && !"https".equals(next.getScheme())) {
        throw new TaskFailed(from + " leads to " + next + ", which isn't encrypted");
      }
      uri = next;
    }
    throw new TaskFailed(from + " leads from one address to the next without end");
  }

  private static boolean sameServer(URI one, URI other) {
    return one.getScheme().equals(other.getScheme())
        && one.getHost().equals(other.getHost())
        && one.getPort() == other.getPort();
  }

  private static Optional<Duration> notBefore(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("retry-after")
        .filter(value -> value.matches("\\d{1,4}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(wait -> wait.compareTo(LONGEST_PAUSE) < 0 ? wait : LONGEST_PAUSE);
  }

  /// What tells one version of the file from another; a weak tag doesn't.
  private static Optional<String> version(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("etag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> response.headers().firstValue("last-modified"));
  }

  private static Path mark(Path part) {
    return part.resolveSibling(part.getFileName() + ".version");
  }
}
