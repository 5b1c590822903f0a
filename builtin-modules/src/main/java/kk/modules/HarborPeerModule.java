package kk.modules;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kk.spi.Default;
import kk.spi.Details;
import kk.spi.Doc;
import kk.spi.HostAccess;
import kk.spi.Module;
import kk.spi.Outcome;
import kk.spi.Secret;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// Another Harbor that gets whatever is pushed to this one, and loses what is deleted here. Harbor
/// keeps the other one's password to itself, so it is asked whether it can still log in there.
@Doc("hands on what is pushed to a Harbor, and what is deleted, to another one")
public final class HarborPeerModule implements Module<HarborPeerModule.Args> {

  /// Whether the other Harbor has to be known.
  public enum State {
    PRESENT,
    ABSENT
  }

  /// What `harbor_peer` takes.
  public record Args(
      HarborLogin login,
      @Doc("what the other Harbor is called here; at most 64 characters") String name,
      @Doc("its address as Harbor's containers reach it, such as `https://10.0.0.2`")
          Optional<String> peerUrl,
      @Doc("who logs in there") @Default("admin") String peerUsername,
      @Doc("the password of `peer_username`") Optional<Secret> peerPassword,
      @Doc("refuse a certificate that Harbor doesn't trust") @Default("true") boolean validateCerts,
      @Doc("whether it has to be known") @Default("present") State state) {

    public Args {
      if (name.isEmpty() || name.length() > 64) {
        throw new IllegalArgumentException("`name` has 1 to 64 characters");
      }
      if (state == State.PRESENT && (peerUrl.isEmpty() || peerPassword.isEmpty())) {
        throw new IllegalArgumentException("`peer_url` and `peer_password` are missing");
      }
    }

    Map<String, Object> credential() {
      return Map.of(
          "type",
          "basic",
          "access_key",
          peerUsername,
          "access_secret",
          peerPassword.orElseThrow().reveal());
    }
  }

  @Override
  public String name() {
    return "harbor_peer";
  }

  @Override
  public Class<Args> arguments() {
    return Args.class;
  }

  @Override
  public Outcome run(Args args, HostAccess host) throws UnreachableException, InterruptedException {
    HarborReplication replication = new HarborReplication(new HarborApi(host, args.login()));
    Optional<Object> peer = replication.peer(args.name());
    boolean changed =
        switch (args.state()) {
          case PRESENT -> introduce(args, replication, peer);
          case ABSENT -> peer.isPresent() && forget(args, replication, peer.get());
        };
    return Outcome.changedIf(changed, Details.of("peer", args.name()));
  }

  private static boolean introduce(Args args, HarborReplication replication, Optional<Object> known)
      throws UnreachableException, InterruptedException {
    boolean changed = true;
    if (known.isEmpty()) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", args.name());
      body.put("type", "harbor");
      body.put("url", args.peerUrl().orElseThrow());
      body.put("insecure", !args.validateCerts());
      body.put("credential", args.credential());
      replication
          .api()
          .send("register " + args.peerUrl().orElseThrow(), "POST", "/registries", body);
    } else if (!isAs(args, known.get()) || !isWell(replication.api(), known.get())) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", args.name());
      body.put("url", args.peerUrl().orElseThrow());
      body.put("insecure", !args.validateCerts());
      body.put("credential_type", "basic");
      body.put("access_key", args.peerUsername());
      body.put("access_secret", args.peerPassword().orElseThrow().reveal());
      replication
          .api()
          .send(
              "register " + args.peerUrl().orElseThrow() + " anew",
              "PUT",
              "/registries/" + Json.text(known.get(), "id"),
              body);
    } else {
      changed = false;
    }
    Optional<Object> peer = replication.peer(args.name());
    if (peer.isEmpty()) {
      // in check mode it isn't registered
      return changed;
    }
    long id = Long.parseLong(Json.text(peer.get(), "id"));
    String rule = HarborReplication.ruleFor(args.name());
    return replication.ensure(new HarborReplication.Rule(rule, id, true)) || changed;
  }

  private static boolean isAs(Args args, Object peer) {
    return Json.text(peer, "url").equals(args.peerUrl().orElseThrow())
        && Json.text(peer, "credential", "access_key").equals(args.peerUsername())
        && Json.text(peer, "insecure").equals("true") != args.validateCerts();
  }

  private static boolean isWell(HarborApi api, Object peer)
      throws UnreachableException, InterruptedException {
    long id = Long.parseLong(Json.text(peer, "id"));
    boolean well = api.probe("/registries/ping", Map.of("id", id)).status() == 200;
    if (!well) {
      // if it was the password, the right one is refused for a moment
      Thread.sleep(HarborApi.LOCKED);
    }
    return well;
  }

  /// Rules first: Harbor keeps a peer as long as a rule leads there.
  private static boolean forget(Args args, HarborReplication replication, Object peer)
      throws UnreachableException, InterruptedException {
    HarborApi api = replication.api();
    String id = Json.text(peer, "id");
    for (Object policy : api.list("/replication/policies")) {
      if (Json.text(policy, "dest_registry", "id").equals(id)) {
        if (!Json.text(policy, "name").startsWith("kk-")) {
          throw new TaskFailed(
              "the rule "
                  + Json.text(policy, "name")
                  + ", which kk has not made, leads to "
                  + args.name()
                  + "; remove it first");
        }
        String path = "/replication/policies/" + Json.text(policy, "id");
        api.send("remove the rule " + Json.text(policy, "name"), "DELETE", path, null);
      }
    }
    api.send("forget " + args.name(), "DELETE", "/registries/" + id, null);
    return true;
  }
}
