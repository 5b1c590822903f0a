package kk.modules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import kk.spi.Alias;
import kk.spi.Default;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Keeps a block of lines between two markers in a text file. Two round trips.
@Doc("keeps a block of lines between two markers in a text file on the host")
public final class BlockinfileModule implements Module<BlockinfileModule.Args> {

  /// Whether the block has to be there.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `blockinfile` takes.
  public record Args(
      @Doc("the file on the host") @Alias({"dest", "destfile", "name"}) String path,
      @Doc("the lines; none remove the block") @Default("") @Alias("content") String block,
      @Doc("whether the block has to be there") @Default("present") State state,
      @Doc("the lines around it, with `{mark}` for `marker_begin` and `marker_end`")
          @Default("# {mark} ANSIBLE MANAGED BLOCK")
          String marker,
      @Doc("what `{mark}` is above the block") @Default("BEGIN") String markerBegin,
      @Doc("what `{mark}` is below the block") @Default("END") String markerEnd,
      @Doc("put a new block behind the last line with this pattern, or at `EOF`")
          Optional<String> insertafter,
      @Doc("put a new block before the last line with this pattern, or at `BOF`")
          Optional<String> insertbefore,
      @Doc("make the file when it isn't there") @Default("false") boolean create,
      @Doc("an empty line above the block") @Default("false") boolean prependNewline,
      @Doc("an empty line below the block") @Default("false") boolean appendNewline,
      HostText.Edit edit) {

    public Args {
      if (insertafter.isPresent() && insertbefore.isPresent()) {
        throw new IllegalArgumentException("give either `insertafter` or `insertbefore`");
      }
      List.of(insertafter, insertbefore)
          .forEach(pattern -> pattern.ifPresent(HostText::checkPattern));
    }
  }

  @Override
  public String name() {
    return "blockinfile";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HostText file = HostText.read(args.path(), host);
    boolean wanted = args.state() == State.PRESENT && !args.block().isEmpty();
    String text = file.text(args.create() || !wanted);
    List<String> lines = new ArrayList<>(text.lines().toList());
    String begin = args.marker().replace("{mark}", args.markerBegin());
    String end = args.marker().replace("{mark}", args.markerEnd());
    int from = lines.indexOf(begin);
    int to = lines.lastIndexOf(end);
    boolean found = from >= 0 && to >= from;
    int place = found ? from : place(args, lines);
    if (found) {
      lines.subList(from, to + 1).clear();
    }
    if (wanted) {
      List<String> block = new ArrayList<>(List.of(begin));
      block.addAll(args.block().lines().toList());
      block.add(end);
      if (args.prependNewline() && place > 0 && !lines.get(place - 1).isEmpty()) {
        block.addFirst("");
      }
      if (args.appendNewline() && place < lines.size() && !lines.get(place).isEmpty()) {
        block.addLast("");
      }
      lines.addAll(place, block);
    }
    String said = wanted ? (found ? "Block updated" : "Block inserted") : "Block removed";
    return file.replace(HostText.withLines(text, lines), args.edit(), said, host);
  }

  private static int place(Args args, List<String> lines) {
    if (args.insertbefore().filter("BOF"::equals).isPresent()) {
      return 0;
    }
    Optional<String> wanted =
        args.insertbefore().or(args::insertafter).filter(p -> !p.equals("EOF"));
    int place = lines.size();
    if (wanted.isPresent()) {
      Pattern pattern = Pattern.compile(wanted.get());
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          place = args.insertbefore().isPresent() ? i : i + 1;
        }
      }
    }
    return place;
  }
}
