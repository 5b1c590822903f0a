package kk.modules;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Brings a Harbor that was away to what another one has. Harbor itself never makes up for what it
/// missed: an event that finds nobody at the other end is lost.
///
/// Images that the other one has had and has no longer are removed here, with proof of it: both had
/// them when they were last equal, or this Harbor delivered them when they came. What is left, each
/// may have taken while it did not hear the other one; that is told, and nothing is overwritten.
@Doc("brings a Harbor that was away to what another one has, and tells what differs for good")
public final class HarborSyncModule implements Module<HarborSyncModule.Args> {
  /// Others push and delete meanwhile.
  private static final int ATTEMPTS = 4;

  /// What `harbor_sync` takes.
  public record Args(
      HarborLogin login,
      @Doc("address of the Harbor that is right; the same login opens it") String source,
      @Doc("what this Harbor is called there") String name,
      @Doc("what the other Harbor is called here") String sourceName,
      @Doc("folder on this machine that keeps what each had when it was last equal to the others")
          Path records,
      @Doc("remove what the other Harbor does not have, proof or not") @Default("false")
          boolean settle) {}

  @Override
  public String name() {
    return "harbor_sync";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborApi own = new HarborApi(host, args.login());
    HarborApi source = new HarborApi(host, args.login().at(args.source()));
    HarborReconciliation pair =
        new HarborReconciliation(own, args.name(), source, args.sourceName());
    HarborRecord ownRecord = HarborRecord.of(args.records(), args.name());
    HarborRecord sourceRecord = HarborRecord.of(args.records(), args.sourceName());
    // who never was equal to the others, as after an installation anew, proves nothing by what it
    // lacks
    Optional<HarborContents> equal =
        sourceRecord.read().isPresent() ? ownRecord.read() : Optional.empty();
    Report report = new Report();
    for (int attempt = 1; ; attempt++) {
      HarborContents here = HarborContents.read(own);
      HarborContents there = HarborContents.read(source);
      report.projects |= pair.makeProjects(here, there);
      HarborComparison found =
          args.settle()
              ? HarborComparison.of(here, there, here, _ -> true)
              : pair.compare(here, there, equal);
      report.note(found);
      if (found.isSettled() || host.checking()) {
        pair.handOnAgain();
        if (found.conflicts().isEmpty()) {
          ownRecord.write(there, host);
          sourceRecord.write(there, host);
        }
        return report.outcome();
      }
      if (attempt == ATTEMPTS) {
        throw new TaskFailed(
            "%s and %s still differ after %d attempts: %s"
                .formatted(own.url(), source.url(), ATTEMPTS, String.join(", ", found.pending())));
      }
      pair.reconcile(found, here, there);
    }
  }

  /// What has been done, over all attempts.
  private static final class Report {
    private boolean projects;
    private final Set<String> arrived = new LinkedHashSet<>();
    private final Set<String> removed = new LinkedHashSet<>();
    private final Set<String> given = new LinkedHashSet<>();
    private List<Object> conflicts = List.of();

    void note(HarborComparison found) {
      found.missing().forEach(image -> arrived.add(image.name()));
      found.obsolete().forEach(image -> removed.add(image.name()));
      found.unmet().forEach(image -> given.add(image.name()));
      conflicts =
          found.conflicts().stream()
              .<Object>map(
                  image ->
                      Map.of("image", image.name(), "here", image.digest(), "there", image.there()))
              .toList();
    }

    Outcome outcome() {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("arrived", List.copyOf(arrived));
      values.put("removed", List.copyOf(removed));
      values.put("given", List.copyOf(given));
      values.put("conflicts", conflicts);
      boolean changed = projects || !arrived.isEmpty() || !removed.isEmpty() || !given.isEmpty();
      return Outcome.changedIf(changed, Details.of(values));
    }
  }
}
