package kk.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names arguments of which a call has to give at least one. Refused before anything runs when none
/// is written; whether what is given comes to something is for the record to say.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface RequiresOneOf {
  /// Names as a playbook writes them.
  String[] value();
}
