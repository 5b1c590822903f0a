package kk.modules;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
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
  /// How long after an image has come its delivery may begin.
  private static final Duration DELIVERY = Duration.ofSeconds(60);

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
    HarborRecord ownRecord = HarborRecord.of(args.records(), args.name());
    HarborRecord sourceRecord = HarborRecord.of(args.records(), args.sourceName());
    Report report = new Report();
    for (int attempt = 1; ; attempt++) {
      HarborContents here = HarborContents.read(own);
      HarborContents there = HarborContents.read(source);
      report.projects |= projects(own, here, there);
      // who never was equal to the others, as after an installation anew, proves nothing by what it
      // lacks
      Optional<HarborContents> equal =
          sourceRecord.read().isPresent() ? ownRecord.read() : Optional.empty();
      HarborComparison found = compare(args, own, here, there, equal);
      report.note(found);
      if (found.isSettled() || host.checking()) {
        resume(own);
        if (found.conflicts().isEmpty()) {
          ownRecord.write(there, host);
          sourceRecord.write(there, host);
        }
        return report.outcome();
      }
      if (attempt == ATTEMPTS) {
        throw new TaskFailed(
            String.join(", ", found.missing().stream().map(HarborComparison.Image::name).toList())
                + " did not arrive at "
                + own.url());
      }
      reconcile(args, own, source, found, here, there);
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

  /// Two that never were equal have no past in common: what one lacks, it gets from the other.
  private static HarborComparison compare(
      Args args,
      HarborApi own,
      HarborContents here,
      HarborContents there,
      Optional<HarborContents> equal)
      throws UnreachableException, InterruptedException {
    if (args.settle()) {
      return HarborComparison.of(here, there, here, _ -> true);
    }
    return equal.isPresent()
        ? HarborComparison.of(here, there, equal.get(), delivered(own, args.sourceName()))
        : HarborComparison.ofStrangers(here, there);
  }

  private static void reconcile(
      Args args,
      HarborApi own,
      HarborApi source,
      HarborComparison found,
      HarborContents here,
      HarborContents there)
      throws UnreachableException, InterruptedException {
    pause(own);
    try {
      remove(own, found.obsolete(), here, there);
      if (!found.missing().isEmpty() || !found.obsolete().isEmpty()) {
        handOn(source, args.name());
      }
      if (!found.unmet().isEmpty()) {
        handOn(own, args.sourceName());
      }
    } finally {
      resume(own);
    }
  }

  /// Whether an image that came here at some time was handed on to the other Harbor then. Only the
  /// last of Harbor's records are kept; what is older isn't known.
  private static Predicate<Instant> delivered(HarborApi own, String source)
      throws UnreachableException, InterruptedException {
    Optional<Object> policy = new HarborReplication(own).policy(HarborReplication.ruleFor(source));
    if (policy.isEmpty()) {
      return _ -> false;
    }
    List<Object> executions =
        own.list("/replication/executions?policy_id=" + Json.text(policy.get(), "id"));
    return came -> {
      List<String> outcomes =
          executions.stream()
              .filter(
                  execution -> {
                    Instant begun = HarborContents.instant(Json.text(execution, "start_time"));
                    return !begun.isBefore(came.minusSeconds(2))
                        && begun.isBefore(came.plus(DELIVERY));
                  })
              .map(execution -> Json.text(execution, "status"))
              .toList();
      return !outcomes.isEmpty() && outcomes.stream().allMatch("Succeed"::equals);
    };
  }

  private static boolean projects(HarborApi own, HarborContents here, HarborContents there)
      throws UnreachableException, InterruptedException {
    boolean changed = false;
    for (Map.Entry<String, Boolean> project : there.projects().entrySet()) {
      changed |=
          HarborProjectModule.ensure(
              own, project.getKey(), Optional.of(project.getValue()), here.projects());
    }
    return changed;
  }

  /// While images are removed here, the others must not hear of it: they would remove theirs.
  private static void pause(HarborApi own) throws UnreachableException, InterruptedException {
    HarborReplication replication = new HarborReplication(own);
    for (Object rule : replication.rules()) {
      replication.enable(rule, false);
    }
  }

  private static void resume(HarborApi own) throws UnreachableException, InterruptedException {
    HarborReplication replication = new HarborReplication(own);
    for (Object rule : replication.rules()) {
      if (!Json.text(rule, "enabled").equals("true")) {
        replication.enable(rule, true);
      }
    }
  }

  private static void remove(
      HarborApi own,
      List<HarborComparison.Image> obsolete,
      HarborContents here,
      HarborContents there)
      throws UnreachableException, InterruptedException {
    Map<String, List<String>> gone = new LinkedHashMap<>();
    for (HarborComparison.Image image : obsolete) {
      gone.computeIfAbsent(image.repository() + "@" + image.digest(), _ -> new ArrayList<>())
          .add(image.tag());
    }
    for (HarborComparison.Image image : obsolete) {
      List<String> tags = gone.get(image.repository() + "@" + image.digest());
      if (tags == null) {
        continue;
      }
      String artifact = HarborContents.path(image.repository()) + "/artifacts/" + image.digest();
      boolean stays =
          there.repository(image.repository()).artifacts().containsKey(image.digest())
              || here.repository(image.repository()).tags().entrySet().stream()
                  .anyMatch(
                      tag -> tag.getValue().equals(image.digest()) && !tags.contains(tag.getKey()));
      if (stays) {
        String tag = "/tags/" + HarborApi.segment(image.tag());
        own.send("remove " + image.name(), "DELETE", artifact + tag, null);
      } else {
        own.send("remove " + image.name(), "DELETE", artifact, null);
        gone.remove(image.repository() + "@" + image.digest());
      }
    }
  }

  /// Brings another Harbor what it lacks of this one.
  private static void handOn(HarborApi from, String peer)
      throws UnreachableException, InterruptedException {
    HarborReplication replication = new HarborReplication(from);
    Object known =
        replication
            .peer(peer)
            .orElseThrow(() -> new TaskFailed(from.url() + " does not know " + peer + " yet"));
    String rule = HarborReplication.catchUpFor(peer);
    long id = Long.parseLong(Json.text(known, "id"));
    replication.ensure(new HarborReplication.Rule(rule, id, false));
    replication.run(rule);
  }
}
