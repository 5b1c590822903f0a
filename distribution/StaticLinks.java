import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Puts plain methods in the place of what Java links when it first runs: switches over types, and
/// `equals`, `hashCode` and `toString` of records. No start-up cache takes those links, and to make
/// one costs each start some milliseconds of interpreted code.
///
/// The methods do what `java.lang.runtime.SwitchBootstraps` and `ObjectMethods` say.
final class StaticLinks implements ClassTransform {
  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");
  private static final ClassDesc BUILDER = ClassDesc.of("java.lang.StringBuilder");
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private final ClassModel model;
  private final ClassDesc self;
  private final List<Consumer<ClassBuilder>> methods = new ArrayList<>();

  private StaticLinks(ClassModel model) {
    this.model = model;
    this.self = model.thisClass().asSymbol();
  }

  /// Whether a class has something that would be linked when it first runs.
  static boolean areWantedBy(ClassModel model) {
    return model.findAttribute(Attributes.bootstrapMethods()).stream()
        .flatMap(attribute -> attribute.bootstrapMethods().stream())
        .map(entry -> entry.bootstrapMethod().asSymbol().owner())
        .anyMatch(owner -> owner.equals(SWITCHES) || owner.equals(RECORDS));
  }

  static byte[] in(ClassModel model, ClassFile classFile) {
    return classFile.transformClass(model, new StaticLinks(model));
  }

  @Override
  public void accept(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method) {
      builder.transformMethod(method, MethodTransform.transformingCode(this::link));
    } else {
      builder.with(element);
    }
  }

  @Override
  public void atEnd(ClassBuilder builder) {
    methods.forEach(method -> method.accept(builder));
  }

  private void link(CodeBuilder builder, CodeElement element) {
    if (element instanceof InvokeDynamicInstruction link && isKnown(link)) {
      String name = "$" + link.name().stringValue() + "$" + methods.size();
      MethodTypeDesc type = link.typeSymbol();
      List<ConstantDesc> arguments = link.bootstrapArgs();
      methods.add(added -> add(added, name, type, arguments));
      builder.invokestatic(self, name, type, model.flags().has(AccessFlag.INTERFACE));
    } else {
      builder.with(element);
    }
  }

  /// Labels that are texts or constants of an enum stay what they are.
  private static boolean isKnown(InvokeDynamicInstruction link) {
    ClassDesc owner = link.bootstrapMethod().owner();
    return owner.equals(RECORDS)
        || owner.equals(SWITCHES)
            && link.name().equalsString("typeSwitch")
            && link.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
  }

  private void add(
      ClassBuilder builder, String name, MethodTypeDesc type, List<ConstantDesc> arguments) {
    builder.withMethodBody(
        name,
        type,
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          switch (name.substring(1, name.lastIndexOf('$'))) {
            case "typeSwitch" -> typeSwitch(code, arguments);
            case "equals" -> equal(code, components(arguments));
            case "hashCode" -> hash(code, components(arguments));
            case "toString" -> text(code, components(arguments));
            default -> throw new IllegalStateException(name);
          }
        });
  }

  /// The getters of a record's components, which follow its class and their names.
  private static List<DirectMethodHandleDesc> components(List<ConstantDesc> arguments) {
    return arguments.stream().skip(2).map(DirectMethodHandleDesc.class::cast).toList();
  }

  private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }

  private void equal(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    Label other = code.newLabel();
    Label differs = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).iconst_1().ireturn().labelBinding(other);
    code.aload(1).instanceOf(self).ifeq(differs);
    code.aload(1).checkcast(self).astore(2);
    for (DirectMethodHandleDesc component : components) {
      read(code, 0, component);
      read(code, 2, component);
      ClassDesc type = typeOf(component);
      switch (TypeKind.from(type)) {
        case REFERENCE ->
            code.invokestatic(
                    OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                .ifeq(differs);
        case LONG -> code.lcmp().ifne(differs);
        case FLOAT, DOUBLE ->
            code.invokestatic(wrapper(type), "compare", MethodTypeDesc.of(CD_int, type, type))
                .ifne(differs);
        default -> code.if_icmpne(differs);
      }
    }
    code.iconst_1().ireturn().labelBinding(differs).iconst_0().ireturn();
  }

  private void hash(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    code.iconst_0();
    for (DirectMethodHandleDesc component : components) {
      code.bipush(31).imul();
      read(code, 0, component);
      ClassDesc type = typeOf(component);
      if (type.isPrimitive()) {
        code.invokestatic(wrapper(type), "hashCode", MethodTypeDesc.of(CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private void text(CodeBuilder code, List<DirectMethodHandleDesc> components) {
    code.new_(BUILDER).dup().invokespecial(BUILDER, "<init>", MethodTypeDesc.of(CD_void));
    String before = simpleName() + "[";
    for (DirectMethodHandleDesc component : components) {
      append(code.loadConstant(before + component.methodName() + "="), CD_String);
      read(code, 0, component);
      append(code, typeOf(component));
      before = ", ";
    }
    append(code.loadConstant(components.isEmpty() ? before + "]" : "]"), CD_String);
    code.invokevirtual(BUILDER, "toString", MethodTypeDesc.of(CD_String)).areturn();
  }

  /// The name that `Class.getSimpleName` tells, also of a record within a method.
  private String simpleName() {
    String name = self.displayName();
    return name.substring(name.lastIndexOf('$') + 1).replaceFirst("^[0-9]+", "");
  }

  private static void append(CodeBuilder code, ClassDesc type) {
    ClassDesc taken =
        switch (TypeKind.from(type)) {
          case REFERENCE -> type.equals(CD_String) ? CD_String : CD_Object;
          case BYTE, SHORT -> CD_int;
          default -> type;
        };
    code.invokevirtual(BUILDER, "append", MethodTypeDesc.of(BUILDER, taken));
  }

  private void read(CodeBuilder code, int variable, DirectMethodHandleDesc component) {
    code.aload(variable).getfield(self, component.methodName(), typeOf(component));
  }

  private static ClassDesc typeOf(DirectMethodHandleDesc component) {
    return component.invocationType().returnType();
  }

  private static ClassDesc wrapper(ClassDesc primitive) {
    return TypeKind.from(primitive) == TypeKind.INT
        ? ClassDesc.of("java.lang.Integer")
        : ClassDesc.of(
            "java.lang."
                + switch (TypeKind.from(primitive)) {
                  case BOOLEAN -> "Boolean";
                  case BYTE -> "Byte";
                  case CHAR -> "Character";
                  case SHORT -> "Short";
                  case LONG -> "Long";
                  case FLOAT -> "Float";
                  case DOUBLE -> "Double";
                  default -> throw new IllegalStateException(primitive.displayName());
                });
  }
}
