package kk.bind;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a module's record from rendered arguments.
public final class ArgumentBinder {
  private ArgumentBinder() {}

  /// Converts and checks every argument.
  ///
  /// @param given native values by name or alias
  /// @throws BindingFailed when one is unknown, missing or of the wrong kind, or the record refuses
  ///     them
  public static <A extends Record> A bind(ArgumentSchema<A> schema, Map<String, Object> given) {
    Map<String, Object> others = new LinkedHashMap<>();
    for (String name : given.keySet()) {
      if (schema.find(name).isEmpty()) {
        if (!schema.takesOthers()) {
          throw new BindingFailed(Optional.of(name), "there is no argument `" + name + "`");
        }
        others.put(name, given.get(name));
      }
    }
    if (schema.lacksOneOf(given.keySet())) {
      throw new BindingFailed(
          Optional.empty(), "give either `" + String.join("` or `", schema.oneOf()) + "`");
    }
    return create(schema, given, others);
  }

  private static <A extends Record> A create(
      ArgumentSchema<A> schema, Map<String, Object> given, Map<String, Object> others) {
    List<Object> values = new ArrayList<>();
    for (ArgumentSchema.Part part : schema.parts()) {
      values.add(
          switch (part) {
            case Argument argument -> argument.takesOthers() ? others : value(argument, given);
            case ArgumentSchema.Group(ArgumentSchema<?> group) -> create(group, given, others);
          });
    }
    return create(schema.constructor(), values.toArray());
  }

  /// Whether a value written without any template fits an argument.
  ///
  /// @return what is wrong with it
  public static Optional<String> check(Argument argument, @Nullable Object value) {
    try {
      if (value != null && !argument.takesOthers()) {
        Object converted = Conversion.convert(value, argument.type());
        assert converted != null;
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /// True or false as a playbook may write it: booleans, `yes`, `no`, `on`, `off`, 1, 0.
  public static Optional<Boolean> truth(@Nullable Object value) {
    return Conversion.findBool(value);
  }

  /// The values an argument may take when they are few; empty for anything else.
  public static List<String> choices(Argument argument) {
    java.lang.reflect.Type type = argument.type();
    if (type instanceof java.lang.reflect.ParameterizedType generic) {
      type = generic.getActualTypeArguments()[0];
    }
    return type instanceof Class<?> wanted && wanted.isEnum()
        ? Conversion.choices(wanted)
        : List.of();
  }

  private static Object value(Argument argument, Map<String, Object> given) {
    for (String name : given.keySet()) {
      if (argument.isCalled(name) && given.get(name) != null) {
        return converted(argument, name, given.get(name));
      }
    }
    if (argument.standard().isPresent()) {
      return converted(argument, argument.name(), argument.standard().get());
    }
    if (argument.required()) {
      throw new BindingFailed(
          Optional.empty(), "the argument `" + argument.name() + "` is missing");
    }
    return Optional.empty();
  }

  private static Object converted(Argument argument, String name, Object value) {
    try {
      return Conversion.convert(value, argument.type());
    } catch (IllegalArgumentException e) {
      throw new BindingFailed(Optional.of(name), "`" + name + "`: " + e.getMessage());
    }
  }

  private static <A extends Record> A create(Constructor<A> constructor, Object[] values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw new BindingFailed(Optional.empty(), String.valueOf(refused.getMessage()));
      }
      throw new IllegalStateException("cannot create " + constructor, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot create " + constructor, e);
    }
  }
}
