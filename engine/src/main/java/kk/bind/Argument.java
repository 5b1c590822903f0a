package kk.bind;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/// One argument of a module, as its record says.
///
/// @param name the component's name in the words of a playbook: `become_user` for `becomeUser`
/// @param aliases further names
/// @param doc the sentence of its `@Doc`
/// @param type what the component takes
/// @param standard what it is when not given, as written in a playbook
/// @param required whether it has to be given
/// @param freeForm whether it takes the bare text behind the module's name
/// @param takesOthers whether it receives all arguments that nothing else is named after
/// @param isConcealed whether its value must not be shown
public record Argument(
    String name,
    List<String> aliases,
    String doc,
    Type type,
    Optional<String> standard,
    boolean required,
    boolean freeForm,
    boolean takesOthers,
    boolean isConcealed)
    implements ArgumentSchema.Part {

  boolean isCalled(String given) {
    return name.equals(given) || aliases.contains(given);
  }
}
