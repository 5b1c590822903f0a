package kk.modules;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kk.modules.FindModule.Found;
import kk.spi.HostAccess;
import kk.spi.UnreachableException;

/// Looks for a pattern in files of the host. Their contents pass by here and are not kept, but for
/// the line or, when the whole text matters, the file that is being looked at.
final class FileContents extends OutputStream {
  private static final Base64.Decoder DECODER = Base64.getDecoder();

  private final List<Found> files;
  private final Pattern pattern;
  private final boolean whole;
  private final Charset encoding;
  private final Set<Found> matching = new LinkedHashSet<>();
  private final Map<String, Object> skipped = new LinkedHashMap<>();
  private final ByteArrayOutputStream encoded = new ByteArrayOutputStream();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private int at = -1;
  private boolean decided;

  private FileContents(List<Found> files, FindModule.Args args, Charset encoding) {
    this.files = files;
    this.pattern = Pattern.compile(args.contains().orElse(""));
    this.whole = args.readWholeFile();
    this.encoding = encoding;
  }

  /// Looks through regular files. One round trip.
  static FileContents search(List<Found> found, FindModule.Args args, HostAccess host)
      throws UnreachableException, InterruptedException {
    List<Found> files = found.stream().filter(Found::isRegular).toList();
    Charset encoding;
    try {
      encoding = Charset.forName(args.encoding());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      FileContents nothing = new FileContents(files, args, Charset.defaultCharset());
      files.forEach(
          file -> nothing.skipped.put(file.root(), "unknown encoding: " + args.encoding()));
      return nothing;
    }
    FileContents contents = new FileContents(files, args, encoding);
    if (!files.isEmpty()) {
      // a line of base64 has no colon, so that is what tells of the next file
      host.read(
          new Script()
              .setWords(files.stream().map(Found::path).toList())
              .addText("for path; do echo :; base64 <\"$path\" 2>/dev/null; done; echo :")
              .command(),
          contents);
    }
    return contents;
  }

  /// The files in which the pattern is found: at the beginning of a line, or anywhere in the whole
  /// text.
  Set<Found> matching() {
    return matching;
  }

  /// Directories with a file that could not be read as text, and why.
  Map<String, Object> skipped() {
    return skipped;
  }

  @Override
  public void write(int b) {
    if (b == '\n') {
      line(encoded.toByteArray());
      encoded.reset();
    } else {
      encoded.write(b);
    }
  }

  private void line(byte[] line) {
    if (line.length == 1 && line[0] == ':') {
      if (at >= 0) {
        look();
      }
      at++;
      decided = false;
    } else if (!decided) {
      for (byte b : DECODER.decode(line)) {
        content.write(b);
        if (b == '\n' && !whole) {
          look();
        }
      }
    }
  }

  private void look() {
    Found file = files.get(at);
    if (!decided && content.size() > 0) {
      try {
        Matcher matcher =
            pattern.matcher(encoding.newDecoder().decode(ByteBuffer.wrap(content.toByteArray())));
        if (whole ? matcher.find() : matcher.lookingAt()) {
          matching.add(file);
          decided = true;
        }
      } catch (CharacterCodingException e) {
        skipped.put(
            file.root(),
            "Failed to read the file %s due to an encoding error. current encoding: %s"
                .formatted(file.path(), encoding.name().toLowerCase(java.util.Locale.ROOT)));
        decided = true;
      }
    }
    content.reset();
  }
}
