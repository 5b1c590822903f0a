package kk.template;

import java.util.ArrayList;
import java.util.List;
import kk.spi.TemplateFilter;
import org.jspecify.annotations.Nullable;

/// The operations that kk brings along, by subject, and the filters that extensions add.
final class StandardLibrary {
  private StandardLibrary() {}

  static Library with(List<TemplateFilter> extensions, LookupManners manners) {
    Catalogue filters = new Catalogue();
    BasicFilters.addTo(filters);
    TextFilters.addTo(filters);
    RegexFilters.addTo(filters);
    ListFilters.addTo(filters);
    ChoosingFilters.addTo(filters);
    SetFilters.addTo(filters);
    MapFilters.addTo(filters);
    NumberFilters.addTo(filters);
    PathFilters.addTo(filters);
    DataFilters.addTo(filters);
    DigestFilters.addTo(filters);
    TimeFilters.addTo(filters);
    VaultFilters.addTo(filters);
    extensions.forEach(extension -> add(filters, extension));

    Catalogue tests = new Catalogue();
    ValueTests.addTo(tests);
    ResultTests.addTo(tests);
    FileTests.addTo(tests);

    Catalogue lookups = new Catalogue();
    FileLookups.addTo(lookups);
    ListLookups.addTo(lookups);
    VariableLookups.addTo(lookups);

    Catalogue functions = new Catalogue();
    Functions.addTo(functions);
    Catalogue textMethods = new Catalogue();
    TextMethods.addTo(textMethods);
    Catalogue listMethods = new Catalogue();
    ContainerMethods.addListMethods(listMethods);
    Catalogue mapMethods = new Catalogue();
    ContainerMethods.addMapMethods(mapMethods);
    return new Library(
        filters, tests, lookups, manners, functions, textMethods, listMethods, mapMethods);
  }

  private static void add(Catalogue filters, TemplateFilter extension) {
    filters.add(
        extension.name(),
        "arguments* **",
        "from an extension",
        (input, args) -> apply(extension, input, args));
  }

  private static @Nullable Object apply(
      TemplateFilter extension, @Nullable Object input, Arguments args) {
    try {
      return Values.normal(extension.apply(input, new ArrayList<>(args.more()), args.other()));
    } catch (IllegalArgumentException e) {
      throw Refusal.because("filter `" + extension.name() + "`: " + e.getMessage());
    }
  }
}
