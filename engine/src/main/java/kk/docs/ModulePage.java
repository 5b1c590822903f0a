package kk.docs;

import java.util.List;
import kk.bind.Argument;
import kk.bind.ArgumentBinder;
import kk.bind.ArgumentSchema;
import kk.bind.Installed;
import kk.spi.Doc;
import kk.spi.Module;

/// Explains a module in Markdown, from the annotations on its record.
public final class ModulePage {
  private ModulePage() {}

  public static String text(Module<?> module, ArgumentSchema schema) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(module.name()).append("\n\n").append(sentence(module)).append("\n\n");
    page.append("| argument | | meaning |\n|---|---|---|\n");
    for (Argument argument : schema.arguments()) {
      page.append("| ").append(argument.takesOthers() ? "any other" : "`" + argument.name() + "`");
      page.append(" | ")
          .append(need(argument))
          .append(" | ")
          .append(meaning(argument))
          .append(" |\n");
    }
    return page.toString();
  }

  /// All modules, a line each.
  public static String list(Installed installed) {
    StringBuilder list = new StringBuilder();
    int width = installed.moduleNames().stream().mapToInt(String::length).max().orElse(1);
    for (String name : installed.moduleNames()) {
      list.append(("%-" + width + "s  ").formatted(name))
          .append(sentence(installed.module(name).orElseThrow()))
          .append('\n');
    }
    return list.toString();
  }

  private static String sentence(Module<?> module) {
    Doc doc = module.getClass().getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  private static String need(Argument argument) {
    return argument.required()
        ? "required"
        : argument.standard().map(value -> "`" + value + "` by default").orElse("");
  }

  private static String meaning(Argument argument) {
    StringBuilder meaning = new StringBuilder(argument.doc().replace("|", "\\|"));
    List<String> choices = ArgumentBinder.choices(argument);
    if (!choices.isEmpty()) {
      meaning.append("; one of ").append(String.join(", ", choices));
    }
    if (!argument.aliases().isEmpty()) {
      meaning.append("; also `").append(String.join("`, `", argument.aliases())).append('`');
    }
    return meaning.toString();
  }
}
