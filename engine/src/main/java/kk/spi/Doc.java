package kk.spi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Explains a module, one of its arguments or a filter in a sentence. Binding errors, `kk doc` and
/// the reference in `docs/` all say these words; there is no second place.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Doc {
  /// The sentence, without a full stop.
  String value();
}
