package kk.template;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The lookup `password`: made once, kept in a file that only its owner can read. There is one
/// character of each kind in it, as those who ask for kinds want it; Ansible leaves that to chance.
final class KeptPassword {
  private static final List<String> OPTIONS =
      List.of("length", "chars", "seed", "encrypt", "ident");
  private static final Pattern OPTION = Pattern.compile("\\s+(" + String.join("|", OPTIONS) + ")=");
  private static final Pattern WORD = Pattern.compile("\\s(\\w+)=");
  private static final int USUAL_LENGTH = 20;
  private static final int LONGEST = 4096;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String DIGITS = "0123456789";
  private static final String PUNCTUATION = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

  private KeptPassword() {}

  static String of(String term, Arguments args) {
    Matcher option = OPTION.matcher(term);
    String name = option.find() ? term.substring(0, option.start()) : term;
    refuseUnknown(term);
    String length = option(term, "length");
    int usual = args.value("length") == null ? USUAL_LENGTH : args.integer("length", 0);
    int wanted = length == null ? usual : number(length);
    String chars = option(term, "chars");
    Object characters = chars == null ? characters(args) : chars;
    if (Values.isTrue(args.value("encrypt")) || option(term, "encrypt") != null) {
      throw Refusal.argument(
          "the lookup `password` does not encrypt; use the filter `password_hash`");
    }
    if (wanted < 1 || wanted > LONGEST) {
      throw Refusal.argument("`length` of `password` must be between 1 and " + LONGEST);
    }
    Path file = file(name.strip(), args.evaluator().scope());
    return file.equals(Path.of("/dev/null"))
        ? made(wanted, kinds(characters))
        : kept(file, made(wanted, kinds(characters)));
  }

  private static @Nullable Object characters(Arguments args) {
    args.option("seed", "");
    args.option("ident", "");
    Object given = args.value("chars");
    if (given == null || given instanceof String || given instanceof List<?>) {
      return given;
    }
    throw Refusal.argument(
        "`chars` of `password` must be text or a list, not `" + Values.typeName(given) + "`");
  }

  private static @Nullable String option(String term, String name) {
    Matcher matcher = Pattern.compile("\\s" + name + "=(\\S*)").matcher(term);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static void refuseUnknown(String term) {
    Matcher word = WORD.matcher(term);
    while (word.find()) {
      if (!OPTIONS.contains(word.group(1))) {
        throw Refusal.argument(
            "`password` has no option `"
                + word.group(1)
                + "`; it takes "
                + String.join(", ", OPTIONS));
      }
    }
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,5}")) {
      throw Refusal.argument("`length` of `password` must be a whole number, not `" + text + "`");
    }
    return Integer.parseInt(text);
  }

  private static Path file(String name, Scope scope) {
    Path path = Path.of(Files.expand(name));
    if (path.isAbsolute() || scope.searchPath().isEmpty()) {
      return path;
    }
    return scope.searchPath().getLast().resolve(path);
  }

  private static List<String> kinds(@Nullable Object chars) {
    if (chars == null) {
      return List.of(LETTERS, DIGITS, ".,:-_");
    }
    List<?> parts = chars instanceof List<?> list ? list : Splitting.on(Printing.text(chars), ",");
    List<String> kinds = new ArrayList<>();
    for (Object part : parts) {
      String word = Printing.text(part);
      kinds.add(
          switch (word) {
            case "ascii_letters" -> LETTERS;
            case "ascii_lowercase" -> LETTERS.substring(0, 26);
            case "ascii_uppercase" -> LETTERS.substring(26);
            case "digits" -> DIGITS;
            case "hexdigits" -> DIGITS + "abcdefABCDEF";
            case "octdigits" -> "01234567";
            case "punctuation" -> PUNCTUATION;
            default -> word;
          });
    }
    if (Printing.text(chars).contains(",,")) {
      kinds.add(",");
    }
    kinds.removeIf(String::isEmpty);
    if (kinds.isEmpty()) {
      throw Refusal.argument("`chars` of `password` is empty");
    }
    return kinds;
  }

  private static String made(int length, List<String> kinds) {
    SecureRandom random = new SecureRandom();
    String alphabet = String.join("", kinds);
    List<Character> password = new ArrayList<>();
    if (kinds.size() <= length) {
      kinds.forEach(kind -> password.add(oneOf(kind, random)));
    }
    while (password.size() < length) {
      password.add(oneOf(alphabet, random));
    }
    Collections.shuffle(password, random);
    return password.stream().map(String::valueOf).collect(Collectors.joining());
  }

  private static char oneOf(String characters, SecureRandom random) {
    return characters.charAt(random.nextInt(characters.length()));
  }

  /// Whoever creates the complete file first wins; everybody else reads it.
  private static String kept(Path file, String fresh) {
    try {
      if (!java.nio.file.Files.exists(file)) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          java.nio.file.Files.createDirectories(
              folder,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
          create(folder, file, fresh);
        }
      }
      return Splitting.on(java.nio.file.Files.readString(file), "\n").getFirst();
    } catch (IOException e) {
      throw Refusal.because(
          "the password file `" + file + "` can't be read or written: " + e.getMessage());
    }
  }

  private static void create(Path folder, Path file, String fresh) throws IOException {
    Path complete =
        java.nio.file.Files.createTempFile(
            folder,
            ".password",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      java.nio.file.Files.writeString(complete, fresh + "\n", StandardOpenOption.WRITE);
      java.nio.file.Files.createLink(file, complete);
    } catch (FileAlreadyExistsException e) {
      // somebody else was quicker; theirs counts
    } finally {
      java.nio.file.Files.deleteIfExists(complete);
    }
  }
}
