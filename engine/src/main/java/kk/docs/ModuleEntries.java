package kk.docs;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.bind.Argument;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import kk.bind.Installed;
import kk.spi.Doc;
import kk.spi.FileMode;
import kk.spi.Module;
import kk.spi.Secret;
import kk.spi.Unevaluated;

/// The installed modules, read off the annotations on their records.
public final class ModuleEntries {
  private static final Map<Class<?>, String> WORDS =
      Map.ofEntries(
          Map.entry(String.class, "text"),
          Map.entry(boolean.class, "true or false"),
          Map.entry(Boolean.class, "true or false"),
          Map.entry(int.class, "whole number"),
          Map.entry(Integer.class, "whole number"),
          Map.entry(long.class, "whole number"),
          Map.entry(Long.class, "whole number"),
          Map.entry(double.class, "number"),
          Map.entry(Double.class, "number"),
          Map.entry(Path.class, "path"),
          Map.entry(FileMode.class, "file mode"),
          Map.entry(Charset.class, "encoding"),
          Map.entry(Secret.class, "secret text"),
          Map.entry(Duration.class, "seconds"),
          Map.entry(Unevaluated.class, "expression"),
          Map.entry(Object.class, "anything"));

  private ModuleEntries() {}

  public static List<Entry> of(Installed installed) {
    return installed.moduleNames().stream()
        .map(
            name ->
                new Entry(
                    Kind.MODULE,
                    name,
                    sentence(installed.module(name).orElseThrow()),
                    facts(installed.schema(name))))
        .toList();
  }

  private static String sentence(Module<?> module) {
    return Optional.ofNullable(module.getClass().getAnnotation(Doc.class))
        .map(Doc::value)
        .orElse("");
  }

  private static List<Entry.Fact> facts(ArgumentSchema<?> schema) {
    List<Entry.Fact> facts = new ArrayList<>();
    for (Argument argument : schema.arguments()) {
      facts.add(fact(argument, schema.oneOf()));
      if (innermost(argument.type()) instanceof Class<?> type && isMapping(type)) {
        for (Entry.Fact inner : facts(ArgumentSchema.of(type.asSubclass(Record.class)))) {
          String name = argument.name() + "." + inner.name();
          facts.add(new Entry.Fact(name, inner.value(), inner.need(), inner.meaning()));
        }
      }
    }
    return facts;
  }

  private static Type innermost(Type type) {
    return type instanceof ParameterizedType generic && generic.getRawType() != Map.class
        ? innermost(generic.getActualTypeArguments()[0])
        : type;
  }

  private static boolean isMapping(Class<?> type) {
    return type.isRecord() && !WORDS.containsKey(type);
  }

  private static Entry.Fact fact(Argument argument, List<String> oneOf) {
    return argument.takesOthers()
        ? new Entry.Fact("any other", "anything", "", argument.doc())
        : new Entry.Fact(
            argument.name(), words(argument.type()), need(argument, oneOf), meaning(argument));
  }

  private static String need(Argument argument, List<String> oneOf) {
    if (oneOf.contains(argument.name())) {
      List<String> others = oneOf.stream().filter(name -> !name.equals(argument.name())).toList();
      return "this or `" + String.join("`, `", others) + "`";
    }
    return argument.required() ? "required" : argument.standard().map(ModuleEntries::by).orElse("");
  }

  private static String by(String standard) {
    return standard.isEmpty() ? "" : "`" + standard + "`";
  }

  private static String meaning(Argument argument) {
    List<String> sentences = new ArrayList<>();
    sentences.add(argument.doc());
    List<String> choices = ArgumentBinder.choices(argument);
    if (!choices.isEmpty()) {
      sentences.add("one of `" + String.join("`, `", choices) + "`");
    }
    if (!argument.aliases().isEmpty()) {
      sentences.add("also `" + String.join("`, `", argument.aliases()) + "`");
    }
    if (argument.freeForm()) {
      sentences.add("may stand bare behind the module's name");
    }
    return String.join("; ", sentences);
  }

  private static String words(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type last = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
      return generic.getRawType() == List.class
          ? "list of " + words(last)
          : generic.getRawType() == Map.class ? "mapping" : words(last);
    }
    if (type instanceof Class<?> wanted && (wanted.isEnum() || isMapping(wanted))) {
      return wanted.isEnum() ? "word" : "mapping";
    }
    String words = WORDS.get(type);
    if (words == null) {
      throw new IllegalStateException("the manual has no words for " + type);
    }
    return words;
  }
}
