package kk.bind;

import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kk.spi.Alias;
import kk.spi.Concealed;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.FreeForm;
import kk.spi.OtherArguments;
import kk.spi.RequiresOneOf;
import kk.spi.Secret;
import kk.spi.SharedArguments;
import kk.spi.Unevaluated;

/// The arguments a module takes, read off its record once for the whole run: reflection is slow. A
/// component may be a group of arguments that several modules have in common.
///
/// @param constructor makes the record
/// @param parts what it is made of, by position
/// @param arguments all of them, those of groups among them
/// @param oneOf names of which a call gives at least one; none when it needn't
public record ArgumentSchema<A extends Record>(
    Constructor<A> constructor, List<Part> parts, List<Argument> arguments, List<String> oneOf) {

  /// A component of the record.
  public sealed interface Part permits Argument, Group {}

  /// A component that stands for arguments of its own.
  public record Group(ArgumentSchema<? extends Record> schema) implements Part {}

  public static <A extends Record> ArgumentSchema<A> of(Class<A> record) {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<A> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      List<Part> parts = Arrays.stream(components).map(ArgumentSchema::part).toList();
      RequiresOneOf oneOf = record.getAnnotation(RequiresOneOf.class);
      return new ArgumentSchema<>(
          constructor,
          parts,
          parts.stream().flatMap(ArgumentSchema::arguments).toList(),
          oneOf == null ? List.of() : List.of(oneOf.value()));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("a record without its constructor: " + record, e);
    }
  }

  /// The argument of that name or alias.
  public Optional<Argument> find(String given) {
    return arguments.stream()
        .filter(argument -> !argument.takesOthers() && argument.isCalled(given))
        .findFirst();
  }

  /// Whether the argument of that name is among those given, under its name or an alias.
  public boolean isAmong(Set<String> given, String name) {
    Argument argument = find(name).orElseThrow();
    return given.stream().anyMatch(argument::isCalled);
  }

  /// Whether none is given of those of which one has to be.
  public boolean lacksOneOf(Set<String> given) {
    return !oneOf.isEmpty() && oneOf.stream().noneMatch(name -> isAmong(given, name));
  }

  /// The argument that takes the bare text behind the module's name.
  public Optional<Argument> freeForm() {
    return arguments.stream().filter(Argument::freeForm).findFirst();
  }

  /// Whether arguments of any name are accepted.
  public boolean takesOthers() {
    return arguments.stream().anyMatch(Argument::takesOthers);
  }

  /// Whether the argument is handed to the module as it is written, for the module to evaluate.
  public boolean isUnevaluated(String given) {
    return find(given).map(argument -> mentions(argument.type(), Unevaluated.class)).orElse(false);
  }

  /// Names to suggest and to list.
  public List<String> names() {
    return arguments.stream()
        .filter(argument -> !argument.takesOthers())
        .map(Argument::name)
        .toList();
  }

  private static boolean mentions(Type type, Class<?> wanted) {
    return type == wanted
        || (type instanceof ParameterizedType generic
            && Arrays.stream(generic.getActualTypeArguments()).anyMatch(t -> mentions(t, wanted)));
  }

  private static Stream<Argument> arguments(Part part) {
    return switch (part) {
      case Argument argument -> Stream.of(argument);
      case Group(ArgumentSchema<?> schema) -> schema.arguments().stream();
    };
  }

  private static Part part(RecordComponent component) {
    return SharedArguments.class.isAssignableFrom(component.getType())
        ? new Group(of(component.getType().asSubclass(Record.class)))
        : argument(component);
  }

  private static Argument argument(RecordComponent component) {
    Doc doc = component.getAnnotation(Doc.class);
    Alias alias = component.getAnnotation(Alias.class);
    Default standard = component.getAnnotation(Default.class);
    boolean others = component.isAnnotationPresent(OtherArguments.class);
    boolean optional = component.getType() == Optional.class || standard != null || others;
    return new Argument(
        snakeCase(component.getName()),
        alias == null ? List.of() : List.of(alias.value()),
        doc == null ? "" : doc.value(),
        component.getGenericType(),
        Optional.ofNullable(standard).map(Default::value),
        !optional,
        component.isAnnotationPresent(FreeForm.class),
        others,
        component.isAnnotationPresent(Concealed.class)
            || mentions(component.getGenericType(), Secret.class));
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
