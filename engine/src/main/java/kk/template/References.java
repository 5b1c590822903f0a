package kk.template;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ExpressionFactory;
import jinjava.javax.el.MethodExpression;
import jinjava.javax.el.ValueExpression;
import org.jspecify.annotations.Nullable;

/// Takes the place of Jinjava's expression language: an expression is the name of a piece that the
/// current [Rendering] knows.
final class References extends ExpressionFactory {

  @Override
  public ValueExpression createValueExpression(
      ELContext context, String expression, Class<?> expectedType) {
    return new Reference(expression.substring(2, expression.length() - 1).strip());
  }

  @Override
  public ValueExpression createValueExpression(Object instance, Class<?> expectedType) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MethodExpression createMethodExpression(
      ELContext context, String expression, Class<?> returns, Class<?>[] parameters) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Object coerceToType(Object value, Class<?> type) {
    throw new UnsupportedOperationException();
  }

  private static final class Reference extends ValueExpression {
    private final String name;

    Reference(String name) {
      this.name = name;
    }

    @Override
    public @Nullable Object getValue(ELContext context) {
      JinjavaInterpreter interpreter = JinjavaInterpreter.getCurrent();
      return Rendering.of(interpreter).value(name, interpreter);
    }

    @Override
    public Class<?> getExpectedType() {
      return Object.class;
    }

    @Override
    public Class<?> getType(ELContext context) {
      return Object.class;
    }

    @Override
    public boolean isReadOnly(ELContext context) {
      return true;
    }

    @Override
    public void setValue(ELContext context, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getExpressionString() {
      return name;
    }

    @Override
    public boolean isLiteralText() {
      return false;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Reference reference && reference.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }
}
