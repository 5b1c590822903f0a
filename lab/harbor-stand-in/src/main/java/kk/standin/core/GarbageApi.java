package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import kk.standin.core.State.Collection;
import kk.standin.core.State.Garbage;
import kk.standin.core.State.Schedule;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;
import org.jspecify.annotations.Nullable;

/// `/system/gc`: when garbage is collected, and collecting it now. A schedule is only kept.
final class GarbageApi {
  private record WantedSchedule(@Nullable String type, @Nullable String cron) {}

  private record Wanted(@Nullable WantedSchedule schedule, @Nullable JsonNode parameters) {}

  private final Store store;
  private final Settings settings;
  private final RegistryClient registry;

  GarbageApi(Store store, Settings settings, RegistryClient registry, Api api) {
    this.store = store;
    this.settings = settings;
    this.registry = registry;
    api.admin("GET", "/system/gc", this::list);
    api.admin("GET", "/system/gc/schedule", _ -> Answer.json(schedule()));
    api.admin("POST", "/system/gc/schedule", request -> set(request, 201));
    api.admin("PUT", "/system/gc/schedule", request -> set(request, 200));
    api.admin("GET", "/system/gc/{id}", request -> Answer.json(shown(find(request))));
    api.admin("GET", "/system/gc/{id}/log", request -> Answer.text(find(request).log()));
  }

  private Collection find(Request request) {
    return store.read(
        state ->
            state
                .collections
                .find(request.id("id"))
                .orElseThrow(() -> Refusal.notFound("gc " + request.name("id") + " not found")));
  }

  private static JsonNode shown(Collection collection) {
    ObjectNode shown = (ObjectNode) Json.tree(collection);
    shown.put("job_name", "GARBAGE_COLLECTION").put("job_kind", "MANUAL").put("deleted", false);
    shown.put("job_parameters", collection.parameters().toString());
    shown.remove(List.of("parameters", "log"));
    return shown;
  }

  private Answer list(Request request) {
    return Listing.answer(
        request,
        store.read(
            state ->
                state.collections.rows.descendingMap().values().stream()
                    .map(GarbageApi::shown)
                    .toList()));
  }

  private ObjectNode schedule() {
    ObjectNode shown = Json.object();
    store
        .read(state -> Optional.ofNullable(state.garbageCollection))
        .ifPresent(
            schedule -> {
              shown.putObject("schedule").put("type", schedule.type()).put("cron", schedule.cron());
              shown.put("job_parameters", schedule.parameters().toString());
              shown.put("creation_time", schedule.creationTime());
            });
    return shown;
  }

  private Answer set(Request request, int status) throws IOException, InterruptedException {
    Wanted wanted = request.as(Wanted.class);
    WantedSchedule schedule =
        Optional.ofNullable(wanted.schedule())
            .orElseThrow(() -> Refusal.badRequest("schedule is missing"));
    JsonNode parameters = wanted.parameters() == null ? Json.object() : wanted.parameters();
    if (parameters.has("workers")
        && (parameters.get("workers").asInt() < 1 || parameters.get("workers").asInt() > 5)) {
      throw Refusal.badRequest("workers is from 1 to 5");
    }
    String type = Optional.ofNullable(schedule.type()).orElse("");
    switch (type) {
      case "Manual" -> {
        return Answer.created(Api.ROOT + "/system/gc/" + collect(parameters));
      }
      case "None" -> store.update(state -> state.garbageCollection = null);
      case "Hourly", "Daily", "Weekly", "Custom" -> {
        String cron = Optional.ofNullable(schedule.cron()).orElse("");
        PoliciesApi.checkCron(cron);
        store.update(
            state ->
                state.garbageCollection = new Schedule(type, cron, parameters, Artifacts.now()));
      }
      default -> throw Refusal.badRequest("unknown type of schedule " + type);
    }
    return Answer.empty(status);
  }

  /// Unlike Harbor it answers when it has ended, and it spares nothing that is young.
  private long collect(JsonNode parameters) throws InterruptedException {
    List<Garbage> garbage = store.read(state -> List.copyOf(state.garbage));
    String begun = Artifacts.now();
    String status = "Success";
    StringBuilder log = new StringBuilder();
    try {
      for (Garbage manifest : garbage) {
        registry.delete(manifest.repository(), manifest.digest());
        log.append("deleted ").append(manifest.digest()).append('\n');
        store.update(state -> state.garbage.remove(manifest));
      }
      log.append(settings.backend().collectGarbage());
    } catch (IOException e) {
      status = "Error";
      log.append(e.getMessage()).append('\n');
    }
    String ended = status;
    return store
        .change(
            state ->
                state.collections.add(
                    id ->
                        new Collection(
                            id, ended, parameters, begun, Artifacts.now(), log.toString())))
        .id();
  }
}
