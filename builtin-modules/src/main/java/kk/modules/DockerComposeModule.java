package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kk.spi.Alias;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// Services described by Compose files. One round trip: `up` leaves running what is as described,
/// and the containers' ids before and after tell whether anything changed. Images are never pulled
/// unless asked for.
@Doc("starts, restarts and removes the services of Compose files")
public final class DockerComposeModule implements Module<DockerComposeModule.Args> {

  /// What the services have to be.
  public enum State {
    PRESENT,
    ABSENT,
    STOPPED,
    RESTARTED
  }

  /// What `docker_compose` takes.
  public record Args(
      @Doc("directory on the host with the Compose file") @Alias("chdir") String projectSrc,
      @Doc("name of the project; without it, the directory's") Optional<String> projectName,
      @Doc("Compose files in it, when they have other names than usual")
          Optional<List<String>> files,
      @Doc("only these services") Optional<List<String>> services,
      @Doc("what the services have to be") @Default("present") State state,
      @Doc("when to pull images: `never`, `missing`, `always`") @Default("never") String pull,
      @Doc("remove containers of services that are no longer described") @Default("false")
          boolean removeOrphans,
      @Doc("with `state: absent`, remove volumes too") @Default("false") boolean removeVolumes,
      @Doc("make all containers anew") @Default("false") boolean forceRecreate,
      @Doc("wait until all run, and are healthy where they can tell")
          @Default("false")
          @Alias("wait")
          boolean waitUntilUp,
      @Doc("how many seconds to wait at most") @Default("300") int waitTimeout) {

    public Args {
      if (!pull.matches("never|missing|always")) {
        throw new IllegalArgumentException("`pull` is one of never, missing, always");
      }
    }
  }

  @Override
  public String name() {
    return "docker_compose";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    String state =
        switch (args.state()) {
          case PRESENT -> "present";
          case ABSENT -> "absent";
          case STOPPED -> "stopped";
          case RESTARTED -> "restarted";
        };
    Script look =
        new Script()
            .setPath("directory", args.projectSrc())
            .set("project", args.projectName())
            .set("files", new Words(args.files().orElse(List.of())).quoted())
            .set("wanted", state)
            .set("pull", args.pull())
            .set("orphans", args.removeOrphans() ? "--remove-orphans" : "")
            .set("volumes", args.removeVolumes() ? "--volumes" : "")
            .set("recreate", args.forceRecreate() ? "--force-recreate" : "")
            .set("wait", args.waitUntilUp())
            .set("timeout", Integer.toString(args.waitTimeout()))
            .setWords(args.services().orElse(List.of()))
            .set("services", new Words(args.services().orElse(List.of())).quoted());
    Converged converged =
        host.converge(
            new Convergence(
                "bring the services in " + args.projectSrc() + " to " + state,
                look.add("compose.look").text(),
                new Script().add("compose.change").text()));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("project_src", args.projectSrc());
    values.put("state", state);
    values.put("containers", answer.all("container"));
    // `up` may have found everything as it should be
    boolean changed = converged.differed() && !answer.yes("same");
    return Outcome.changedIf(changed, Details.of(values));
  }
}
