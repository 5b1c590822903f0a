package kk.template;

/// The marks and the white space rules of a template file. Ansible's are the [#STANDARD] ones; a
/// file may need others because its text is full of braces.
///
/// @param trimBlocks whether the line break behind a tag goes
/// @param lstripBlocks whether the white space between the start of a line and a tag goes
public record TemplateSyntax(
    String blockStart,
    String blockEnd,
    String variableStart,
    String variableEnd,
    String commentStart,
    String commentEnd,
    boolean trimBlocks,
    boolean lstripBlocks) {

  public static final TemplateSyntax STANDARD =
      new TemplateSyntax("{%", "%}", "{{", "}}", "{#", "#}", true, false);
}
