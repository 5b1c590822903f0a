package kk.standin.core;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import kk.standin.core.RegistryClient.Blob;
import kk.standin.core.RegistryClient.Manifest;
import kk.standin.core.State.Policy;

/// One task of a replication, tried three times before it counts as failed. It writes a log.
final class TaskRun {
  private static final int ATTEMPTS = 3;
  private static final int ATTEMPTS_OF_BLOB = 5;

  private final Policy policy;
  private final Step step;
  private final RegistryClient source;
  private final RegistryClient destination;
  private final PeerProjects peer;
  private final Settings settings;
  private final String to;
  private final StringBuilder log = new StringBuilder();

  TaskRun(
      Policy policy,
      Step step,
      RegistryClient source,
      RegistryClient destination,
      PeerProjects peer,
      Settings settings) {
    this.policy = policy;
    this.step = step;
    this.source = source;
    this.destination = destination;
    this.peer = peer;
    this.settings = settings;
    this.to = Globs.destination(policy, step.repository());
  }

  String log() {
    return log.toString();
  }

  private void say(String text) {
    log.append(Artifacts.now()).append(' ').append(text).append('\n');
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /// Whether it succeeded in the end.
  boolean run() throws InterruptedException {
    try {
      attempt(
          ATTEMPTS,
          () -> {
            settings.backend().submit(step.operation());
            perform();
          });
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void attempt(int times, Work work) throws IOException, InterruptedException {
    Duration delay = settings.retryDelay();
    for (int i = 1; ; i++) {
      try {
        work.run();
        return;
      } catch (IOException e) {
        say("attempt " + i + " of " + times + " failed: " + e.getMessage());
        if (i == times) {
          throw e;
        }
        Thread.sleep(delay);
        delay = delay.multipliedBy(2);
      }
    }
  }

  private void perform() throws IOException, InterruptedException {
    switch (step) {
      case Step.Copy(String repository, String digest, List<String> tags) -> {
        for (String reference : tags.isEmpty() ? List.of(digest) : tags) {
          copy(repository, digest, reference);
        }
      }
      case Step.Delete(_, String digest) ->
          say(peer.delete(to, digest) ? "deleted " + digest : digest + " is not there: skipped");
      case Step.Untag(_, String tag) ->
          say(peer.untag(to, tag) ? "removed tag " + tag : "tag " + tag + " is not there: skipped");
    }
  }

  private void copy(String from, String digest, String reference)
      throws IOException, InterruptedException {
    Optional<String> there = destination.digest(to, reference);
    if (there.equals(Optional.of(digest))) {
      say(to + ":" + reference + " is there with the same digest: skipped");
      return;
    }
    if (there.isPresent() && !policy.override()) {
      say("warning: " + to + ":" + reference + " is another artifact there, and stays: skipped");
      return;
    }
    Manifest manifest = source.manifest(from, digest);
    for (String child : manifest.children()) {
      copy(from, child, child);
    }
    for (Blob blob : manifest.blobs()) {
      attempt(ATTEMPTS_OF_BLOB, () -> destination.copy(to, blob, source, from));
    }
    destination.put(to, reference, manifest);
    say("copied " + digest + " to " + to + ":" + reference);
  }
}
