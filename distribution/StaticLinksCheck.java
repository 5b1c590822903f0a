import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Tries [StaticLinks] on the classes in here: with static links they have to say what they say
/// with Java's own. The build runs it before it repacks anything.
public final class StaticLinksCheck {
  private StaticLinksCheck() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Object expected = said(StaticLinksCheck.class.getClassLoader());
    Object got = said(new Linked());
    if (!expected.equals(got)) {
      throw new AssertionError(expected + " with Java's own links, with static ones " + got);
    }
  }

  private static Object said(ClassLoader loader) throws ReflectiveOperationException {
    return loader.loadClass("StaticLinksCheck$Examples").getMethod("say").invoke(null);
  }

  /// Has a component of every kind.
  public record Everything(
      boolean z,
      byte b,
      short s,
      char c,
      int i,
      long j,
      float f,
      double d,
      String t,
      Object o,
      int[] a) {}

  /// Has none.
  public record Nothing() {}

  /// What is told apart.
  public sealed interface Shape permits Circle, Square {
    /// A switch in an interface.
    default String name() {
      return switch (this) {
        case Circle c -> "circle";
        case Square s -> "square";
      };
    }
  }

  /// A shape.
  public record Circle(double radius) implements Shape {}

  /// Another.
  public record Square(Object side) implements Shape {}

  /// What the classes come to.
  public static final class Examples {
    private Examples() {}

    public static List<String> say() {
      record Local(String only) {}
      int[] array = {1};
      List<Object> values =
          new ArrayList<>(Arrays.asList(null, 1, "text", 'c', new Nothing(), new Local("x")));
      for (double number : new double[] {0.0, -0.0, Double.NaN, 1.5}) {
        values.add(new Circle(number));
        values.add(
            new Everything(
                number > 0,
                (byte) -1,
                (short) -2,
                'c',
                7,
                1L << 40,
                (float) number,
                number,
                null,
                values.get(1),
                null));
      }
      values.add(
          new Everything(true, (byte) 1, (short) 2, 'd', 8, 9, 1, 2, "t", new Nothing(), array));
      values.add(
          new Everything(true, (byte) 1, (short) 2, 'd', 8, 9, 1, 2, "t", new Nothing(), array));
      values.add(new Square(new Square("inner")));
      List<String> said = new ArrayList<>();
      for (Object value : values) {
        String text =
            value instanceof Everything all && all.a() != null
                ? "with an array"
                : String.valueOf(value);
        said.add(
            text
                + " is a "
                + kind(value)
                + (value instanceof Shape shape ? " " + shape.name() : ""));
        said.add(
            value instanceof Everything all && all.a() != null
                ? ""
                : String.valueOf(value == null ? 0 : value.hashCode()));
        values.forEach(other -> said.add(String.valueOf(value != null && value.equals(other))));
      }
      return said;
    }

    private static String kind(Object value) {
      return switch (value) {
        case null -> "nothing";
        case Circle(double radius) when radius > 1 -> "large circle";
        case Circle circle -> "circle";
        case Square(Square(Object inner)) -> "square in a square";
        case Square square -> "square";
        case String text -> "text";
        case Integer number -> "number";
        default -> value.getClass().getSimpleName();
      };
    }
  }

  /// Loads the classes again, with static links.
  private static final class Linked extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> known = findLoadedClass(name);
      return known != null || !name.startsWith("StaticLinksCheck")
          ? super.loadClass(name, resolve)
          : define(name);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = StaticLinksCheck.class.getResourceAsStream("/" + name + ".class")) {
        ClassFile classFile = ClassFile.of();
        ClassModel model = classFile.parse(in.readAllBytes());
        byte[] linked = StaticLinks.in(model, classFile);
        if (has(classFile.parse(linked))) {
          throw new AssertionError(name + " still has something to link");
        }
        return defineClass(name, linked, 0, linked.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    private static boolean has(ClassModel model) {
      return model.methods().stream()
          .flatMap(method -> method.code().stream())
          .flatMap(code -> code.elementStream())
          .anyMatch(
              each ->
                  each instanceof InvokeDynamicInstruction link
                      && link.bootstrapMethod().owner().packageName().equals("java.lang.runtime"));
    }
  }
}
