package kk.modules;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import org.jspecify.annotations.Nullable;

/// What a request of `uri` carries.
sealed interface UriBody {

  /// No body at all.
  record None() implements UriBody {}

  /// A text.
  ///
  /// @param type what it is; nothing leaves that to curl
  record Text(String text, Optional<String> type) implements UriBody {}

  /// A file on the host.
  record OnHost(String path, Optional<String> type) implements UriBody {}

  /// What a piece of shell prints, because it has bytes of files in it.
  record Printed(String shell, Optional<String> type) implements UriBody {}

  static UriBody of(UriModule.Args args, HostAccess host) {
    if (args.src().isPresent()) {
      String src = args.src().get();
      return args.remoteSrc()
          ? new OnHost(src, args.format().type())
          : new Printed(
              Script.printing(WantedFile.bytes(host.localContent(host.localFile(src, "files")))),
              args.format().type());
    }
    if (args.body().isEmpty()) {
      return new None();
    }
    Object body = args.body().get();
    return switch (args.format()) {
      case FORM_MULTIPART -> MultipartForm.of(body, args.remoteSrc(), host);
      case FORM_URLENCODED -> new Text(form(body), args.format().type());
      case JSON, RAW ->
          new Text(body instanceof String text ? text : json(body), args.format().type());
    };
  }

  private static String json(Object body) {
    return PlainText.json(body);
  }

  /// A mapping, or a list of pairs, as an HTML form sends it. A list of values is a field several
  /// times.
  private static String form(Object body) {
    return switch (body) {
      case Map<?, ?> fields ->
          fields.entrySet().stream()
              .flatMap(field -> fields(field.getKey(), field.getValue()))
              .collect(Collectors.joining("&"));
      case List<?> pairs ->
          pairs.stream()
              .flatMap(
                  pair -> {
                    if (pair instanceof List<?> two && two.size() == 2) {
                      return fields(two.getFirst(), two.getLast());
                    }
                    throw new TaskFailed("a form is a mapping, or a list of pairs");
                  })
              .collect(Collectors.joining("&"));
      default -> String.valueOf(body);
    };
  }

  private static Stream<String> fields(@Nullable Object name, @Nullable Object value) {
    List<?> values = value instanceof List<?> several ? several : List.of(text(value));
    return values.stream().map(each -> encoded(text(name)) + "=" + encoded(text(each)));
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : PlainText.of(value);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
