package kk.modules;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// What it takes to bring one Harbor to what another one has.
///
/// @param own the one that is brought there
/// @param ownName what it is called by the other one
/// @param source the one that is right
/// @param sourceName what that one is called here
record HarborReconciliation(HarborApi own, String ownName, HarborApi source, String sourceName) {
  /// How long after an image has come its delivery may begin.
  private static final Duration DELIVERY = Duration.ofSeconds(60);

  /// Two that never were equal have no past in common: what one lacks, it gets from the other.
  ///
  /// @param equal what both had when they were last equal
  HarborComparison compare(
      HarborContents here, HarborContents there, Optional<HarborContents> equal)
      throws UnreachableException, InterruptedException {
    return equal.isPresent()
        ? HarborComparison.of(here, there, equal.get(), delivered())
        : HarborComparison.ofStrangers(here, there);
  }

  /// Makes the projects that the other one has, as open as they are there.
  ///
  /// @return whether one was missing or different
  boolean makeProjects(HarborContents here, HarborContents there)
      throws UnreachableException, InterruptedException {
    boolean changed = false;
    for (Map.Entry<String, Boolean> project : there.projects().entrySet()) {
      changed |=
          HarborProjectModule.ensure(
              own, project.getKey(), Optional.of(project.getValue()), here.projects());
    }
    return changed;
  }

  /// Removes what is obsolete here, and lets Harbor copy what is missing on either side.
  void reconcile(HarborComparison found, HarborContents here, HarborContents there)
      throws UnreachableException, InterruptedException {
    pause();
    try {
      remove(found.obsolete(), here, there);
      if (!found.missing().isEmpty() || !found.obsolete().isEmpty()) {
        handOn(source, ownName);
      }
      if (!found.unmet().isEmpty()) {
        handOn(own, sourceName);
      }
    } finally {
      handOnAgain();
    }
  }

  /// Whether an image that came here at some time was handed on to the other Harbor then. Only the
  /// last of Harbor's records are kept; what is older isn't known.
  private Predicate<Instant> delivered() throws UnreachableException, InterruptedException {
    Optional<Object> policy =
        new HarborReplication(own).policy(HarborReplication.ruleFor(sourceName));
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

  /// While images are removed here, the others must not hear of it: they would remove theirs.
  private void pause() throws UnreachableException, InterruptedException {
    HarborReplication replication = new HarborReplication(own);
    for (Object rule : replication.rules()) {
      replication.enable(rule, false);
    }
  }

  /// Lets the rules go on that were stopped, also by a run that was broken off.
  void handOnAgain() throws UnreachableException, InterruptedException {
    HarborReplication replication = new HarborReplication(own);
    for (Object rule : replication.rules()) {
      if (!Json.text(rule, "enabled").equals("true")) {
        replication.enable(rule, true);
      }
    }
  }

  /// An image goes as a whole when nothing holds it any more, else its tags alone.
  private void remove(
      List<HarborComparison.Image> obsolete, HarborContents here, HarborContents there)
      throws UnreachableException, InterruptedException {
    Map<String, List<HarborComparison.Image>> byArtifact =
        obsolete.stream()
            .collect(
                Collectors.groupingBy(
                    image ->
                        HarborContents.path(image.repository()) + "/artifacts/" + image.digest()));
    for (Map.Entry<String, List<HarborComparison.Image>> each : byArtifact.entrySet()) {
      List<HarborComparison.Image> images = each.getValue();
      if (isHeld(images, here, there)) {
        for (HarborComparison.Image image : images) {
          String tag = "/tags/" + HarborApi.segment(image.tag());
          own.send("remove " + image.name(), "DELETE", each.getKey() + tag, null);
        }
      } else {
        own.send("remove " + images.getFirst().name(), "DELETE", each.getKey(), null);
      }
    }
  }

  /// Whether the other one has what these tags stand for, or another tag here stands for it too.
  private static boolean isHeld(
      List<HarborComparison.Image> images, HarborContents here, HarborContents there) {
    HarborComparison.Image one = images.getFirst();
    List<String> tags = images.stream().map(HarborComparison.Image::tag).toList();
    return there.repository(one.repository()).artifacts().containsKey(one.digest())
        || here.repository(one.repository()).tags().entrySet().stream()
            .filter(tag -> tag.getValue().equals(one.digest()))
            .anyMatch(tag -> !tags.contains(tag.getKey()));
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
