package kk.modules;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import kk.spi.Content;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Downloads a file to this machine, whichever host the task is for. The file is used only when its
/// digest is right: the one given, the one published beside it, or the one of its first use.
@Doc("downloads a file to the machine that kk runs on, with resumption and a check of its digest")
public final class HttpGetFileModule implements Module<HttpGetFileModule.Args> {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Map<String, String> environment;
  private final Duration firstPause;
  private final ReentrantLock recording = new ReentrantLock();

  public HttpGetFileModule() {
    this(System.getenv(), FIRST_PAUSE);
  }

  HttpGetFileModule(Map<String, String> environment, Duration firstPause) {
    this.environment = environment;
    this.firstPause = firstPause;
  }

  /// What `http_get_file` takes.
  public record Args(
      @Doc("address of the file") String url,
      @Doc("further addresses of the same file, tried when the first one fails")
          Optional<List<String>> mirrors,
      @Doc("where to put it on this machine; its directory is made") String dest,
      @Doc("its SHA-256 as `sha256:DIGITS`, or `sha256:URL` of a published list of digests")
          Optional<String> checksum,
      @Doc("file on this machine that remembers digests at first use and enforces them later")
          Optional<String> lock,
      @Doc("user to log in as") Optional<String> username,
      @Doc("the user's password") Optional<Secret> password,
      @Doc("token to log in with") Optional<Secret> token,
      @Doc("further headers of the request") Optional<Map<String, String>> headers,
      @Doc("seconds the server may say nothing") @Default("30") int timeout,
      @Doc("how often to try again") @Default("5") int retries) {

    public Args {
      for (String address : all(url, mirrors)) {
        URI uri = parse(address);
        boolean secret = password.isPresent() || token.isPresent();
        if (secret && uri.getScheme().equals("http") && !isHere(uri.getHost())) {
          throw new IllegalArgumentException(
              "credentials are not sent to " + address + ", which isn't encrypted");
        }
      }
      if (checksum.filter(sum -> !sum.startsWith("sha256:")).isPresent()) {
        throw new IllegalArgumentException("`checksum` begins with `sha256:`");
      }
      checksum
          .map(sum -> sum.substring("sha256:".length()))
          .filter(sum -> !DIGEST.matcher(sum).matches())
          .ifPresent(Args::parse);
      if (timeout < 1 || retries < 0) {
        throw new IllegalArgumentException("give a `timeout` of a second or more, and `retries`");
      }
    }

    private static List<String> all(String url, Optional<List<String>> mirrors) {
      List<String> all = new ArrayList<>(List.of(url));
      mirrors.ifPresent(all::addAll);
      return all;
    }

    private static URI parse(String address) {
      try {
        URI uri = new URI(address);
        if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
          return uri;
        }
      } catch (java.net.URISyntaxException e) {
        // said below
      }
      throw new IllegalArgumentException(
          "`" + address + "` is no address of a file: write http:// or https://, host and path");
    }

    private static boolean isHere(String host) {
      return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }

    private Map<String, String> allHeaders() {
      Map<String, String> all = new LinkedHashMap<>(headers.orElse(Map.of()));
      token.ifPresent(t -> all.put("Authorization", "Bearer " + t.reveal()));
      if (username.isPresent()) {
        String login = username.get() + ":" + password.map(Secret::reveal).orElse("");
        byte[] bytes = login.getBytes(StandardCharsets.UTF_8);
        all.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
      }
      return all;
    }
  }

  @Override
  public String name() {
    return "http_get_file";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Path dest = Path.of(args.dest().replaceFirst("^~(?=/|$)", System.getProperty("user.home")));
    Optional<ArtifactLock> lock = args.lock().map(Path::of).map(ArtifactLock::new);
    Optional<String> locked = lock.flatMap(l -> l.find(dest));
    Details details = Details.of("dest", dest.toString()).with("url", args.url());
    if (Files.exists(dest)) {
      String digest = digest(dest);
      Optional<String> pinned = pinned(args);
      if (pinned.isEmpty() && locked.filter(l -> !l.equals(digest)).isPresent()) {
        throw new TaskFailed(
            "%s is another file than the one first used: its SHA-256 is %s, %s has %s; remove the file to download it again, or the line in %s when the change is wanted"
                .formatted(
                    dest, digest, args.lock().orElse(""), locked.get(), args.lock().orElse("")));
      }
      if (pinned.isEmpty() || pinned.get().equals(digest)) {
        if (lock.isPresent() && locked.filter(digest::equals).isEmpty()) {
          host.change("remember the digest of " + dest, _ -> record(lock, dest, digest));
        }
        return new Outcome.Unchanged(details.with("checksum", digest));
      }
    }
    Optional<String> digest =
        host.change("download " + args.url(), touch -> download(args, dest, lock, touch));
    return new Outcome.Changed(digest.map(d -> details.with("checksum", d)).orElse(details));
  }

  private String download(Args args, Path dest, Optional<ArtifactLock> lock, HostAccess.Touch touch)
      throws InterruptedException {
    Download download =
        new Download(
            HttpClient.newBuilder()
                .proxy(new EnvironmentProxies(environment))
                .connectTimeout(Duration.ofSeconds(args.timeout()))
                .build(),
            new Download.Manner(
                args.allHeaders(),
                Duration.ofSeconds(args.timeout()),
                args.retries() + 1,
                firstPause));
    Path part = dest.resolveSibling(dest.getFileName() + ".part");
    try {
      Path directory = dest.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Optional<String> wanted = wanted(args, download, part);
      bring(args, download, part, touch);
      String digest = digest(part);
      Optional<String> expected = wanted.or(() -> lock.flatMap(l -> l.find(dest)));
      if (expected.filter(sum -> !sum.equals(digest)).isPresent()) {
        Files.delete(part);
        throw new TaskFailed(
            "%s has the SHA-256 %s, not %s as expected; it was not kept"
                .formatted(args.url(), digest, expected.get()));
      }
      Files.move(part, dest, StandardCopyOption.ATOMIC_MOVE);
      return record(lock, dest, digest);
    } catch (IOException e) {
      throw new TaskFailed("cannot write " + dest + " on this machine: " + e.getMessage());
    }
  }

  private static void bring(Args args, Download download, Path part, HostAccess.Touch touch)
      throws InterruptedException {
    List<String> failures = new ArrayList<>();
    for (String address : Args.all(args.url(), args.mirrors())) {
      try {
        download.bring(URI.create(address), part, touch::progress);
        return;
      } catch (TaskFailed e) {
        failures.add(e.getMessage());
      }
    }
    throw new TaskFailed(String.join("; ", failures));
  }

  private static Optional<String> pinned(Args args) {
    return args.checksum()
        .map(sum -> sum.substring("sha256:".length()))
        .filter(sum -> DIGEST.matcher(sum).matches());
  }

  /// The digest the file must have: given, or published in a list at an address.
  private static Optional<String> wanted(Args args, Download download, Path part)
      throws IOException, InterruptedException {
    Optional<String> pinned = pinned(args);
    if (pinned.isPresent() || args.checksum().isEmpty()) {
      return pinned;
    }
    String address = args.checksum().get().substring("sha256:".length());
    Path list = part.resolveSibling(part.getFileName() + ".sha256");
    download.bring(URI.create(address), list, (_, _) -> {});
    List<String> lines = Files.readAllLines(list);
    Files.delete(list);
    String path = URI.create(args.url()).getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Optional.of(
        lines.stream()
            .map(line -> line.strip().split("\\s+", 2))
            .filter(words -> DIGEST.matcher(words[0]).matches())
            .filter(words -> words.length == 1 || words[1].replaceFirst("^\\*", "").endsWith(name))
            .map(words -> words[0])
            .findFirst()
            .orElseThrow(() -> new TaskFailed(address + " has no SHA-256 of " + name)));
  }

  private String record(Optional<ArtifactLock> lock, Path dest, String digest) {
    recording.lock();
    try {
      lock.ifPresent(l -> l.record(dest, digest));
      return digest;
    } finally {
      recording.unlock();
    }
  }

  private static String digest(Path file) {
    return FileSource.digests(Content.ofFile(file), "SHA-256")[0];
  }
}
