import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Makes a jar ready for a release: `java Repack FROM TO EPOCH_SECONDS LIBRARIES`, where the last is
/// a folder with all jars.
///
/// - Entries stand in order and have one time, so that the same sources give the same bytes.
/// - Nothing is compressed, because the archive is, and reading is faster.
/// - Signatures go: what they vouch for has changed, and checking them costs 60 ms at every start.
/// - Classes older than Java 6 (picocli's) are given the stack maps of today. Without them no AOT
///   cache takes a class, and the old verifier looks at it at every start.
/// - What Java links when it first runs is linked here: see [StaticLinks].
final class Repack {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int JAVA_8 = 52;

  private final Path from;
  private final LocalDateTime time;
  private final Path libraries;

  private Repack(Path from, LocalDateTime time, Path libraries) {
    this.from = from;
    this.time = time;
    this.libraries = libraries;
  }

  public static void main(String[] arguments) throws IOException {
    Instant instant = Instant.ofEpochSecond(Long.parseLong(arguments[2]));
    LocalDateTime time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    new Repack(Path.of(arguments[0]), time, Path.of(arguments[3])).to(Path.of(arguments[1]));
  }

  private void to(Path target) throws IOException {
    try (ZipFile source = new ZipFile(from.toFile());
        URLClassLoader loader = new URLClassLoader(jars());
        ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
      ClassFile classFile =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      List<? extends ZipEntry> entries =
          source.stream()
              .filter(entry -> !entry.isDirectory() && !isSignature(entry.getName()))
              .sorted(Comparator.comparing(Repack::rank).thenComparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        write(out, entry.getName(), content(source, entry, classFile));
      }
    }
  }

  private URL[] jars() throws IOException {
    List<URL> jars = new ArrayList<>(List.of(from.toUri().toURL()));
    try (var files = Files.list(libraries)) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    return jars.toArray(URL[]::new);
  }

  private static boolean isSignature(String name) {
    return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
  }

  private static int rank(ZipEntry entry) {
    return entry.getName().equals(JarFile.MANIFEST_NAME) ? 0 : 1;
  }

  private static byte[] content(ZipFile source, ZipEntry entry, ClassFile classFile)
      throws IOException {
    byte[] bytes;
    try (InputStream stream = source.getInputStream(entry)) {
      bytes = stream.readAllBytes();
    }
    if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
      return withoutDigests(bytes);
    }
    boolean versioned = entry.getName().startsWith("META-INF/");
    return entry.getName().endsWith(".class") && !versioned ? modern(bytes, classFile) : bytes;
  }

  private static byte[] withoutDigests(byte[] bytes) throws IOException {
    Manifest manifest = new Manifest(new java.io.ByteArrayInputStream(bytes));
    manifest.getEntries().values().forEach(Repack::removeDigests);
    manifest.getEntries().values().removeIf(Attributes::isEmpty);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    manifest.write(out);
    return out.toByteArray();
  }

  private static void removeDigests(Attributes attributes) {
    attributes.keySet().removeIf(name -> name.toString().endsWith("-Digest"));
  }

  private static byte[] modern(byte[] bytes, ClassFile classFile) {
    ClassModel model = classFile.parse(bytes);
    if (model.majorVersion() >= FIRST_WITH_STACK_MAPS) {
      return StaticLinks.areWantedBy(model) ? StaticLinks.in(model, classFile) : bytes;
    }
    ClassTransform newer =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(JAVA_8, 0);
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(
        model, newer.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)));
  }

  private void write(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(time);
    out.setLevel(0);
    out.putNextEntry(entry);
    out.write(bytes);
    out.closeEntry();
  }
}
