package kk.modules;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.RequiresOneOf;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Downloads files to this machine, whichever host the task is for, several at once. A file is used
/// only when its digest is right: the one given, the one published beside it, or the one of its
/// first use.
@Doc("downloads files to the machine that kk runs on, with resumption and a check of their digests")
public final class HttpGetFileModule implements Module<HttpGetFileModule.Args> {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  private final Map<String, String> environment;
  private final Duration firstPause;

  public HttpGetFileModule() {
    this(System.getenv(), FIRST_PAUSE);
  }

  HttpGetFileModule(Map<String, String> environment, Duration firstPause) {
    this.environment = environment;
    this.firstPause = firstPause;
  }

  /// A file and where it comes from.
  public record RemoteFile(
      @Doc("address of the file") String url,
      @Doc("further addresses of the same file, tried when the first one fails")
          Optional<List<String>> mirrors,
      @Doc("where to put it on this machine; its directory is made") String dest,
      @Doc("its SHA-256 as `sha256:DIGITS`, or `sha256:URL` of a published list of digests")
          Optional<String> checksum) {

    public RemoteFile {
      mirrors.orElse(List.of()).forEach(RemoteFile::parse);
      parse(url);
      checksum
          .filter(sum -> !sum.matches("sha256:([0-9a-f]{64}|https?://.+)|"))
          .ifPresent(
              _ -> {
                throw new IllegalArgumentException(
                    "`checksum` is `sha256:` and 64 digits, or the address of a list of digests");
              });
    }

    List<String> addresses() {
      List<String> all = new ArrayList<>(List.of(url));
      mirrors.ifPresent(all::addAll);
      return all;
    }

    /// The digest, or the address of a list that has it.
    Optional<String> sum() {
      return checksum.filter(sum -> !sum.isEmpty()).map(sum -> sum.substring("sha256:".length()));
    }

    private boolean isPlain() {
      return addresses().stream()
          .map(RemoteFile::parse)
          .anyMatch(uri -> uri.getScheme().equals("http") && !isHere(uri.getHost()));
    }

    private static URI parse(String address) {
      try {
        URI uri = new URI(address);
        if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // said below
      }
      throw new IllegalArgumentException(
          "`" + address + "` is no address of a file: write http:// or https://, host and path");
    }

    private static boolean isHere(String host) {
      return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
  }

  /// What `http_get_file` takes.
  @RequiresOneOf({"url", "files"})
  public record Args(
      @Doc("address of the file") Optional<String> url,
      @Doc("further addresses of the same file, tried when the first one fails")
          Optional<List<String>> mirrors,
      @Doc("where to put it on this machine; its directory is made") Optional<String> dest,
      @Doc("its SHA-256 as `sha256:DIGITS`, or `sha256:URL` of a published list of digests")
          Optional<String> checksum,
      @Doc("several files, of which four come at once") Optional<List<RemoteFile>> files,
      @Doc("file on this machine that remembers digests at first use and enforces them later")
          Optional<String> lock,
      @Doc("user to log in as") Optional<String> username,
      @Doc("the user's password") Optional<Secret> password,
      @Doc("token to log in with") Optional<Secret> token,
      @Doc("further headers of the request") Optional<Map<String, String>> headers,
      @Doc("seconds the server may say nothing") @Default("30") int timeout,
      @Doc("how often to try again") @Default("5") int retries) {

    public Args {
      if (url.isPresent() == files.isPresent() || url.isPresent() != dest.isPresent()) {
        throw new IllegalArgumentException("give `url` and `dest`, or `files`");
      }
      boolean secret = password.isPresent() || token.isPresent();
      for (RemoteFile file : all(url, mirrors, dest, checksum, files)) {
        if (secret && file.isPlain()) {
          throw new IllegalArgumentException(
              "credentials are not sent to " + file.url() + ", which isn't encrypted");
        }
      }
      if (timeout < 1 || retries < 0) {
        throw new IllegalArgumentException("give a `timeout` of a second or more, and `retries`");
      }
    }

    List<RemoteFile> all() {
      return all(url, mirrors, dest, checksum, files);
    }

    private static List<RemoteFile> all(
        Optional<String> url,
        Optional<List<String>> mirrors,
        Optional<String> dest,
        Optional<String> checksum,
        Optional<List<RemoteFile>> files) {
      return files.orElseGet(
          () -> List.of(new RemoteFile(url.orElseThrow(), mirrors, dest.orElseThrow(), checksum)));
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
    Optional<ArtifactLock> lock = args.lock().map(Path::of).map(ArtifactLock::new);
    List<FileDownload> files =
        args.all().stream().map(file -> new FileDownload(file, lock)).toList();
    Map<FileDownload, String> digests = new LinkedHashMap<>();
    for (FileDownload file : files) {
      Optional<String> present = file.present();
      if (present.isPresent()) {
        digests.put(file, present.get());
        if (file.isUnknown(present.get())) {
          host.change(
              "remember the digest of " + file.dest(), _ -> remembered(file, present.get()));
        }
      }
    }
    List<FileDownload> missing = files.stream().filter(file -> !digests.containsKey(file)).toList();
    if (missing.isEmpty()) {
      return new Outcome.Unchanged(details(args, files, digests));
    }
    String what =
        missing.stream().map(FileDownload::url).collect(Collectors.joining(", ", "download ", ""));
    host.change(what, touch -> bring(args, missing, touch)).ifPresent(digests::putAll);
    return new Outcome.Changed(details(args, files, digests));
  }

  private static boolean remembered(FileDownload file, String digest) {
    file.remember(digest);
    return true;
  }

  /// One that fails leaves the others alone.
  private Map<FileDownload, String> bring(
      Args args, List<FileDownload> files, HostAccess.Touch touch) throws InterruptedException {
    Download download =
        new Download(
            EnvironmentProxies.client(environment)
                .connectTimeout(Duration.ofSeconds(args.timeout()))
                .build(),
            new Download.Manner(
                args.allHeaders(),
                Duration.ofSeconds(args.timeout()),
                args.retries() + 1,
                firstPause));
    Tally tally = new Tally(touch);
    Map<FileDownload, String> digests = new LinkedHashMap<>();
    List<Optional<String>> failures =
        AtOnce.each(
            files,
            file -> {
              try {
                String digest = file.bring(download, tally.of(file));
                synchronized (digests) {
                  file.remember(digest);
                  digests.put(file, digest);
                }
                return Optional.empty();
              } catch (TaskFailed e) {
                return Optional.ofNullable(e.getMessage());
              }
            });
    List<String> told = failures.stream().flatMap(Optional::stream).toList();
    if (!told.isEmpty()) {
      throw new TaskFailed(String.join("\n", told));
    }
    return digests;
  }

  private static Details details(
      Args args, List<FileDownload> files, Map<FileDownload, String> digests) {
    List<Map<String, Object>> each = new ArrayList<>();
    for (FileDownload file : files) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("dest", file.dest().toString());
      values.put("url", file.url());
      Optional.ofNullable(digests.get(file)).ifPresent(digest -> values.put("checksum", digest));
      each.add(values);
    }
    return Details.of(args.files().isPresent() ? Map.of("files", each) : each.getFirst());
  }

  /// How far several downloads have come, as one.
  private static final class Tally {
    private final HostAccess.Touch touch;
    private final Map<FileDownload, long[]> known = new LinkedHashMap<>();

    Tally(HostAccess.Touch touch) {
      this.touch = touch;
    }

    Download.Progress of(FileDownload file) {
      return (bytes, of) -> {
        synchronized (known) {
          known.put(file, new long[] {bytes, of});
          touch.progress(sum(0), sum(1));
        }
      };
    }

    private long sum(int index) {
      return known.values().stream().mapToLong(each -> each[index]).sum();
    }
  }
}
