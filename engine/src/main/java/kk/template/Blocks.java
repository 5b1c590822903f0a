package kk.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The blocks of a template and of those it extends, by name: its own first, then those they take
/// the place of.
final class Blocks implements Attributes {
  /// The name under which templates find their blocks.
  static final String SELF = "self";

  private static final String SUPER = "super";

  private final Map<String, List<Defined>> blocks = new LinkedHashMap<>();
  private final Frame top;

  /// A block where it stands.
  private record Defined(Statement.Block block, List<Piece> body, Renderer renderer) {}

  /// @param top the names set outside of loops and the like, which every block sees
  Blocks(Frame top) {
    this.top = top;
  }

  /// Adds those of the next template, which those that are known take the place of.
  void add(List<Piece> pieces, Renderer renderer) {
    for (Piece piece : pieces) {
      Piece.Tag tag = piece instanceof Piece.Tag first ? first : null;
      while (tag != null) {
        if (tag.statement() instanceof Statement.Block block) {
          Defined defined = new Defined(block, tag.body(), renderer);
          blocks.computeIfAbsent(block.name(), _ -> new ArrayList<>()).add(defined);
          top.put(SELF, this);
        }
        add(tag.body(), renderer);
        tag = tag.next();
      }
    }
  }

  /// What stands in the place of a block.
  ///
  /// @param here the names where it stands, which it sees if it is scoped
  String text(Statement.Block block, Frame here) {
    Statement.Block first = chain(block.name()).getFirst().block();
    if (first.required()) {
      throw Refusal.because("nothing takes the place of the block `" + block.name() + "`");
    }
    return text(block.name(), 0, block.scoped() ? here : top);
  }

  private List<Defined> chain(String name) {
    return blocks.getOrDefault(name, List.of());
  }

  /// @param place 0 for the block that counts, 1 for the one whose place it takes
  private String text(String name, int place, Frame around) {
    List<Defined> chain = chain(name);
    Frame frame = new Frame(around);
    if (place + 1 < chain.size()) {
      frame.put(SUPER, (Callable) (positional, named) -> text(name, place + 1, around));
    }
    return chain.get(place).renderer().text(chain.get(place).body(), frame);
  }

  @Override
  public Set<String> attributeNames() {
    return blocks.keySet();
  }

  @Override
  public Object attribute(String name) {
    return (Callable) (positional, named) -> text(name, 0, top);
  }
}
