package kk.modules;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.HostAccess;
import kk.spi.TaskFailed;
import org.jspecify.annotations.Nullable;

/// A form with files in it. A field is a text, or a mapping with `content` or `filename`, and with
/// `mime_type` where it matters. Files of this machine go with the script; those of the host are
/// read there.
final class MultipartForm {
  private final String boundary = "kk-" + WantedFile.unique() + WantedFile.unique();
  private final List<String> shell = new ArrayList<>();

  private MultipartForm() {}

  static UriBody of(Object body, boolean onHost, HostAccess host) {
    if (!(body instanceof Map<?, ?> fields)) {
      throw new TaskFailed("with `body_format: form-multipart`, `body` is a mapping");
    }
    MultipartForm form = new MultipartForm();
    fields.forEach((name, field) -> form.add(String.valueOf(name), field, onHost, host));
    form.text("--" + form.boundary + "--\r\n");
    return new UriBody.Printed(
        "{ " + String.join("; ", form.shell) + "; }",
        Optional.of("multipart/form-data; boundary=" + form.boundary));
  }

  private void add(String name, @Nullable Object field, boolean onHost, HostAccess host) {
    if (!(field instanceof Map<?, ?> part)) {
      head(name, Optional.empty(), "text/plain");
      text((field == null ? "" : PlainText.of(field)) + "\r\n");
      return;
    }
    part.keySet().stream()
        .filter(key -> !List.of("content", "filename", "mime_type").contains(key))
        .findFirst()
        .ifPresent(
            key -> {
              throw new TaskFailed(
                  "a field of a form has content, filename and mime_type, not `" + key + "`");
            });
    Optional<String> file = Optional.ofNullable(part.get("filename")).map(String::valueOf);
    Optional<String> content = Optional.ofNullable(part.get("content")).map(PlainText::of);
    if (file.isEmpty() && content.isEmpty()) {
      throw new TaskFailed("the field `" + name + "` of the form needs `content` or `filename`");
    }
    Optional<String> shown = file.map(path -> path.replaceFirst(".*/", ""));
    head(
        name,
        shown,
        Optional.ofNullable(part.get("mime_type"))
            .map(String::valueOf)
            .orElseGet(() -> type(shown.orElse(""))));
    if (content.isPresent()) {
      text(content.get());
    } else if (onHost) {
      shell.add("cat <" + Script.path(file.get()) + " || return 1");
    } else {
      Path local = host.localFile(file.get(), "files");
      shell.add(Script.printing(WantedFile.bytes(host.localContent(local))));
    }
    text("\r\n");
  }

  private void head(String name, Optional<String> file, String type) {
    text(
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n"
            .formatted(
                boundary,
                quoted(name),
                file.map(f -> "; filename=\"" + quoted(f) + "\"").orElse(""),
                type.replaceAll("[\r\n]", "")));
  }

  private void text(String text) {
    shell.add(Script.printing(text.getBytes(StandardCharsets.UTF_8)));
  }

  /// As browsers write names.
  private static String quoted(String name) {
    return name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String type(String file) {
    return Optional.ofNullable(java.net.URLConnection.guessContentTypeFromName(file))
        .orElse("application/octet-stream");
  }
}
