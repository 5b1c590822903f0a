package kk.spi;

/// The marks and the white space rules of a template file, which are arguments of modules too.
/// Ansible's are the [#STANDARD] ones; a file may need others because its text is full of braces.
///
/// @param trimBlocks whether the line break behind a tag goes
/// @param lstripBlocks whether the white space between the start of a line and a tag goes
public record TemplateSyntax(
    @Doc("what a tag begins with") @Default("{%") String blockStartString,
    @Doc("what a tag ends with") @Default("%}") String blockEndString,
    @Doc("what an expression to print begins with") @Default("{{") String variableStartString,
    @Doc("what an expression to print ends with") @Default("}}") String variableEndString,
    @Doc("what a comment begins with") @Default("{#") String commentStartString,
    @Doc("what a comment ends with") @Default("#}") String commentEndString,
    @Doc("leave out the line break behind a tag") @Default("true") boolean trimBlocks,
    @Doc("leave out white space between the start of a line and a tag") @Default("false")
        boolean lstripBlocks)
    implements SharedArguments {

  public static final TemplateSyntax STANDARD =
      new TemplateSyntax("{%", "%}", "{{", "}}", "{#", "#}", true, false);
}
