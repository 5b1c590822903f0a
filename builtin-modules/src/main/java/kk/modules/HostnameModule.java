package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.Converged;
import kk.spi.Convergence;
import kk.spi.Details;
import kk.spi.Diff;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.NewVariables;
import kk.spi.Outcome;
import kk.spi.UnreachableException;

/// The name a host gives itself, now and after the next boot. One round trip.
@Doc("sets the host's own name, now and for its next boots")
public final class HostnameModule implements Module<HostnameModule.Args> {

  /// What `hostname` takes.
  public record Args(
      @Doc("the name") String name,
      @Doc("accepted for Ansible's sake; always as the host does it") Optional<String> use) {

    public Args {
      if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62}[A-Za-z0-9])?")) {
        throw new IllegalArgumentException(
            "`" + name + "` can't be the name of a host: at most 64 letters, digits, `-` and `.`");
      }
    }
  }

  @Override
  public String name() {
    return "hostname";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    Converged converged =
        host.converge(
            new Convergence(
                "set the host name " + args.name(),
                new Script().set("name", args.name()).add("hostname.look").text(),
                new Script().add("hostname.change").text()));
    Answer answer = Answer.of(converged.looked(), converged.changed());
    String fqdn = args.name().contains(".") ? args.name() : answer.find("fqdn").orElse(args.name());
    int dot = fqdn.indexOf('.');
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("ansible_hostname", args.name().replaceFirst("\\..*", ""));
    facts.put("ansible_nodename", args.name());
    facts.put("ansible_fqdn", fqdn);
    facts.put("ansible_domain", dot < 0 ? "" : fqdn.substring(dot + 1));
    Details details = Details.of("name", args.name()).with("ansible_facts", facts);
    if (!host.checking()) {
      details = details.with(new NewVariables(NewVariables.Level.FACTS, facts));
    }
    if (converged.differed()) {
      String before = "hostname = " + answer.text("before") + "\n";
      details = details.with(new Diff("host name", before, "hostname = " + args.name() + "\n"));
    }
    return Outcome.changedIf(converged.differed(), details);
  }
}
