package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kk.standin.core.State.Filter;
import kk.standin.core.State.Policy;
import kk.standin.core.State.Trigger;
import kk.standin.core.State.TriggerSettings;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import org.jspecify.annotations.Nullable;

/// `/replication/policies`. A PUT replaces everything: what it does not say is back at its default.
final class PoliciesApi {
  private record Side(@Nullable Long id) {}

  private record WantedTrigger(@Nullable String type, @Nullable TriggerSettings triggerSettings) {}

  /// `replicate_deletion` is not among it: Harbor shows it and does not read it.
  private record Wanted(
      @Nullable String name,
      @Nullable String description,
      @Nullable Side srcRegistry,
      @Nullable Side destRegistry,
      @Nullable String destNamespace,
      @Nullable Integer destNamespaceReplaceCount,
      @Nullable WantedTrigger trigger,
      @Nullable List<Filter> filters,
      boolean override,
      boolean enabled,
      boolean deletion,
      int speed,
      boolean copyByChunk) {}

  private final Store store;

  PoliciesApi(Store store, Api api) {
    this.store = store;
    api.admin("GET", "/replication/policies", this::list);
    api.admin("POST", "/replication/policies", this::create);
    api.admin("GET", "/replication/policies/{id}", this::one);
    api.admin("PUT", "/replication/policies/{id}", this::update);
    api.admin("DELETE", "/replication/policies/{id}", this::delete);
  }

  static Policy require(State state, long id) {
    return state
        .policies
        .find(id)
        .orElseThrow(() -> Refusal.notFound("replication policy " + id + " not found"));
  }

  private Answer list(Request request) {
    String part = request.parameter("name").orElse("");
    return Listing.answer(
        request,
        store.read(
            state ->
                state.policies.all().stream()
                    .filter(policy -> policy.name().contains(part))
                    .map(policy -> shown(state, policy))
                    .toList()));
  }

  private Answer one(Request request) {
    return Answer.json(store.read(state -> shown(state, require(state, request.id("id")))));
  }

  private static JsonNode shown(State state, Policy policy) {
    ObjectNode shown = (ObjectNode) Json.tree(policy);
    shown.remove(List.of("source_peer", "destination_peer"));
    shown.put("replicate_deletion", policy.deletion());
    shown.set("src_registry", side(state, policy.sourcePeer()));
    shown.set("dest_registry", side(state, policy.destinationPeer()));
    return shown;
  }

  private static JsonNode side(State state, long peer) {
    return state
        .peers
        .find(peer)
        .map(
            found ->
                Json.object()
                    .put("id", found.id())
                    .put("name", found.name())
                    .put("type", found.type())
                    .put("url", found.url())
                    .put("insecure", found.insecure()))
        .orElseGet(() -> Json.object().put("id", 0).put("name", "Local").put("type", "harbor"));
  }

  private Answer create(Request request) throws IOException {
    Wanted wanted = request.as(Wanted.class);
    Policy created =
        store.change(
            state -> {
              checked(state, wanted, 0);
              return state.policies.add(id -> policy(wanted, id, Artifacts.now()));
            });
    return Answer.created(Api.ROOT + "/replication/policies/" + created.id());
  }

  private Answer update(Request request) throws IOException {
    Wanted wanted = request.as(Wanted.class);
    store.update(
        state -> {
          Policy old = require(state, request.id("id"));
          checked(state, wanted, old.id());
          state.policies.rows.put(old.id(), policy(wanted, old.id(), old.creationTime()));
        });
    return Answer.empty(200);
  }

  private Answer delete(Request request) {
    store.update(
        state -> {
          long id = require(state, request.id("id")).id();
          state.policies.rows.remove(id);
          ExecutionsApi.forget(state, execution -> execution.policyId() == id);
        });
    return Answer.empty(200);
  }

  private static long side(@Nullable Side side) {
    return side == null || side.id() == null ? 0 : side.id();
  }

  private static Trigger trigger(Wanted wanted) {
    WantedTrigger given = wanted.trigger();
    String type = given == null || given.type() == null ? "manual" : given.type();
    TriggerSettings settings =
        given == null || given.triggerSettings() == null || given.triggerSettings().cron() == null
            ? new TriggerSettings("")
            : given.triggerSettings();
    return new Trigger(type, settings);
  }

  private static Policy policy(Wanted wanted, long id, String created) {
    return new Policy(
        id,
        Optional.ofNullable(wanted.name()).orElse(""),
        Optional.ofNullable(wanted.description()).orElse(""),
        side(wanted.srcRegistry()),
        side(wanted.destRegistry()),
        Optional.ofNullable(wanted.destNamespace()).orElse(""),
        Optional.ofNullable(wanted.destNamespaceReplaceCount()).orElse(-1),
        trigger(wanted),
        wanted.filters() == null ? List.of() : wanted.filters(),
        wanted.override(),
        wanted.enabled(),
        wanted.deletion(),
        wanted.speed(),
        wanted.copyByChunk(),
        created,
        Artifacts.now());
  }

  private static void checked(State state, Wanted wanted, long own) {
    if (wanted.name() == null || wanted.name().isEmpty()) {
      throw Refusal.badRequest("a replication policy needs a name");
    }
    if (state.policies.first(p -> p.name().equals(wanted.name()) && p.id() != own).isPresent()) {
      throw new Refusal(Refusal.Code.CONFLICT, "the policy " + wanted.name() + " exists");
    }
    long source = side(wanted.srcRegistry());
    long destination = side(wanted.destRegistry());
    if ((source == 0) == (destination == 0)) {
      throw Refusal.badRequest("exactly one of src_registry and dest_registry must be given");
    }
    if (state.peers.find(source + destination).isEmpty()) {
      throw Refusal.badRequest("registry " + (source + destination) + " not found");
    }
    checked(trigger(wanted), source != 0);
    policy(wanted, own, "").filters().forEach(PoliciesApi::checked);
  }

  private static void checked(Trigger trigger, boolean pulls) {
    switch (trigger.type()) {
      case "manual" -> {}
      case "event_based" -> {
        if (pulls) {
          throw Refusal.badRequest("event_based is for policies that push");
        }
      }
      case "scheduled" -> checkCron(trigger.triggerSettings().cron());
      default -> throw Refusal.badRequest("unknown trigger type " + trigger.type());
    }
  }

  static void checkCron(String cron) {
    String[] fields = cron.strip().split("\\s+", -1);
    if (fields.length != 6) {
      throw Refusal.badRequest("cron must have 6 fields, and this is: " + cron);
    }
    if (!fields[0].equals("0") || fields[1].equals("*")) {
      throw Refusal.badRequest("the seconds of cron must be 0 and the minutes not *");
    }
  }

  private static void checked(Filter filter) {
    if (!Set.of("name", "tag", "label", "resource").contains(filter.type())) {
      throw Refusal.badRequest("unknown filter type " + filter.type());
    }
    String decoration = filter.decoration() == null ? "" : filter.decoration();
    if (!decoration.isEmpty()
        && (!Set.of("tag", "label").contains(filter.type())
            || !Set.of("matches", "excludes").contains(decoration))) {
      throw Refusal.badRequest("decoration is matches or excludes, of filters tag and label");
    }
    if (filter.type().equals("resource")
        && !Set.of("image", "artifact", "").contains(filter.value().asText())) {
      throw Refusal.badRequest("the resource of a filter is image or artifact");
    }
  }
}
