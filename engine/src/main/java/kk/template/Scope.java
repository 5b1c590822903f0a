package kk.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names a template can see, and where its lookups and includes look for files. Values are
/// `Map`, `List`, `String`, `Boolean`, `Long`, `BigInteger`, `Double`, `null`, or [Omit]; maps and
/// lists may be lazy, so ask for one entry rather than copying them.
public interface Scope {

  /// Whether the name is defined; a name that is defined may still be `null`.
  boolean contains(String name);

  /// The value of a defined name. Computing it may itself render templates and fail.
  @Nullable Object get(String name);

  /// All defined names, for suggestions and the `varnames` lookup.
  Set<String> names();

  /// Folders in which relative file names of lookups and includes are searched, best first.
  default List<Path> searchPath() {
    return List.of();
  }
}
