package kk.standin.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import kk.standin.core.State.Execution;
import kk.standin.core.State.Task;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Request;

/// `/replication/executions`: starting, watching and stopping.
final class ExecutionsApi {
  private static final String ONE = "/replication/executions/{id}";

  private final Store store;
  private final Replication replication;

  ExecutionsApi(Store store, Replication replication, Api api) {
    this.store = store;
    this.replication = replication;
    api.admin("GET", "/replication/executions", this::list);
    api.admin("POST", "/replication/executions", this::start);
    api.admin(
        "GET",
        ONE,
        request ->
            Answer.json(store.read(state -> shown(state, require(state, request.id("id"))))));
    api.admin("PUT", ONE, this::stop);
    api.admin("GET", ONE + "/tasks", this::tasks);
    api.admin("GET", ONE + "/tasks/{task}/log", this::log);
  }

  /// Removes executions, and their tasks.
  static void forget(State state, Predicate<Execution> which) {
    Set<Long> ids =
        state.executions.all().stream()
            .filter(which)
            .map(Execution::id)
            .collect(Collectors.toSet());
    state.executions.rows.keySet().removeAll(ids);
    state.tasks.rows.values().removeIf(task -> ids.contains(task.executionId()));
  }

  private static Execution require(State state, long id) {
    return state
        .executions
        .find(id)
        .orElseThrow(() -> Refusal.notFound("replication execution " + id + " not found"));
  }

  private static JsonNode shown(State state, Execution execution) {
    List<Task> tasks =
        state.tasks.all().stream().filter(task -> task.executionId() == execution.id()).toList();
    return ((ObjectNode) Json.tree(execution))
        .put("total", tasks.size())
        .put("succeed", count(tasks, "Succeed"))
        .put("failed", count(tasks, "Failed"))
        .put("in_progress", count(tasks, "InProgress"))
        .put("stopped", count(tasks, "Stopped"));
  }

  private static long count(List<Task> tasks, String status) {
    return tasks.stream().filter(task -> task.status().equals(status)).count();
  }

  /// Newest first, unless the request orders otherwise.
  private Answer list(Request request) {
    return Listing.answer(
        request,
        store.read(
            state ->
                state.executions.rows.descendingMap().values().stream()
                    .filter(e -> is(request, "policy_id", Long.toString(e.policyId())))
                    .filter(e -> is(request, "status", e.status()))
                    .filter(e -> is(request, "trigger", e.trigger()))
                    .map(execution -> shown(state, execution))
                    .toList()));
  }

  private static boolean is(Request request, String parameter, String value) {
    return request.parameter(parameter).map(value::equals).orElse(true);
  }

  private Answer start(Request request) throws IOException {
    long policy = request.json().path("policy_id").asLong();
    return Answer.created(Api.ROOT + "/replication/executions/" + replication.start(policy));
  }

  private Answer stop(Request request) {
    store.read(state -> require(state, request.id("id")));
    replication.stop(request.id("id"));
    return Answer.empty(200);
  }

  private Answer tasks(Request request) {
    return Listing.answer(
        request,
        store.read(
            state -> {
              long id = require(state, request.id("id")).id();
              return state.tasks.all().stream()
                  .filter(task -> task.executionId() == id)
                  .map(ExecutionsApi::shown)
                  .toList();
            }));
  }

  private static JsonNode shown(Task task) {
    ObjectNode shown = (ObjectNode) Json.tree(task);
    shown.remove("log");
    return shown;
  }

  private Answer log(Request request) {
    return Answer.text(
        store.read(
            state ->
                state
                    .tasks
                    .find(request.id("task"))
                    .filter(task -> task.executionId() == request.id("id"))
                    .map(Task::log)
                    .orElseThrow(
                        () -> Refusal.notFound("task " + request.name("task") + " not found"))));
  }
}
