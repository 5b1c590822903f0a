package kk.template;

/// Everything a template can use by name besides variables.
///
/// @param manners how lookups behave
/// @param functions called without a value before them, such as `range`
/// @param textMethods methods of strings
/// @param listMethods methods of lists
/// @param mapMethods methods of maps
record Library(
    Catalogue filters,
    Catalogue tests,
    Catalogue lookups,
    LookupManners manners,
    Catalogue functions,
    Catalogue textMethods,
    Catalogue listMethods,
    Catalogue mapMethods) {}
