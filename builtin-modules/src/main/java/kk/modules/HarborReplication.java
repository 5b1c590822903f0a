package kk.modules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import kk.spi.TaskFailed;
import kk.spi.UnreachableException;

/// The other Harbors that one knows, and what it hands on to them.
record HarborReplication(HarborApi api) {

  /// A rule that hands images on to another Harbor.
  ///
  /// @param name what Harbor calls it
  /// @param destination the id of the other Harbor
  /// @param onEvents whether it follows pushes and deletions, or runs when it is told to
  record Rule(String name, long destination, boolean onEvents) {
    /// All fields, since Harbor forgets those that aren't sent. Of two names for the same, it reads
    /// `deletion`.
    Map<String, Object> body(boolean enabled) {
      Map<String, Object> body = new LinkedHashMap<>();
      body.put("name", name);
      body.put("description", "made by kk");
      body.put("dest_registry", Map.of("id", destination));
      body.put("dest_namespace", "");
      body.put(
          "trigger",
          Map.of("type", onEvents ? "event_based" : "manual", "trigger_settings", Map.of()));
      body.put("filters", List.of());
      body.put("deletion", onEvents);
      // what runs when it is told to overwrites nothing
      body.put("override", onEvents);
      body.put("enabled", enabled);
      body.put("speed", 0);
      return body;
    }

    private boolean isAs(Object policy) {
      Map<String, Object> wanted = body(true);
      return Json.text(policy, "dest_registry", "id").equals(Long.toString(destination))
          && Json.text(policy, "trigger", "type").equals(onEvents ? "event_based" : "manual")
          && Json.list(policy, "filters").isEmpty()
          && List.of("deletion", "override", "enabled").stream()
              .allMatch(key -> Objects.equals(Json.at(policy, key).orElse(false), wanted.get(key)));
    }
  }

  /// What the other Harbors are called by.
  static String ruleFor(String peer) {
    return "kk-to-" + peer;
  }

  /// The rule that brings another Harbor what it lacks, when it is told to.
  static String catchUpFor(String peer) {
    return "kk-catch-up-" + peer;
  }

  /// The Harbor of that name, as the API tells it.
  Optional<Object> peer(String name) throws UnreachableException, InterruptedException {
    return named("/registries", name);
  }

  Optional<Object> policy(String name) throws UnreachableException, InterruptedException {
    return named("/replication/policies", name);
  }

  /// Brings a rule to what it has to be.
  ///
  /// @return whether it was different
  boolean ensure(Rule rule) throws UnreachableException, InterruptedException {
    Optional<Object> policy = policy(rule.name());
    if (policy.isEmpty()) {
      api.send("make the rule " + rule.name(), "POST", "/replication/policies", rule.body(true));
      return true;
    }
    if (rule.isAs(policy.get())) {
      return false;
    }
    set(policy.get(), rule, true);
    return true;
  }

  /// Stops a rule, or lets it go on.
  void enable(Object policy, boolean enabled) throws UnreachableException, InterruptedException {
    Rule rule =
        new Rule(
            Json.text(policy, "name"),
            Long.parseLong(Json.text(policy, "dest_registry", "id")),
            Json.text(policy, "trigger", "type").equals("event_based"));
    set(policy, rule, enabled);
  }

  /// The rules made by kk that follow events.
  List<Object> rules() throws UnreachableException, InterruptedException {
    return api.list("/replication/policies").stream()
        .filter(policy -> Json.text(policy, "name").startsWith(ruleFor("")))
        .toList();
  }

  /// Runs a rule and waits for its end.
  ///
  /// @return how many images it was about
  /// @throws TaskFailed when one of them did not arrive
  long run(String name) throws UnreachableException, InterruptedException {
    Object policy = policy(name).orElseThrow(() -> new TaskFailed("there is no rule " + name));
    long id = Long.parseLong(Json.text(policy, "id"));
    Optional<HarborApi.Answer> begun =
        api.send(
            "run the rule " + name, "POST", "/replication/executions", Map.of("policy_id", id));
    if (begun.isEmpty()) {
      return 0;
    }
    for (; ; ) {
      Object last =
          Json.list(
                  api.read(
                      "/replication/executions?policy_id="
                          + id
                          + "&sort=-start_time&page=1&page_size=1"))
              .stream()
              .findFirst()
              .orElseThrow(() -> new TaskFailed("Harbor did not begin the rule " + name));
      String status = Json.text(last, "status");
      if (status.equals("Succeed")) {
        return Json.at(last, "total").map(total -> ((Number) total).longValue()).orElse(0L);
      }
      if (!status.equals("InProgress")) {
        throw new TaskFailed(
            "the rule "
                + name
                + " at "
                + api.url()
                + " "
                + status.toLowerCase(java.util.Locale.ROOT)
                + ": "
                + why(last));
      }
      Thread.sleep(500);
    }
  }

  private String why(Object execution) throws UnreachableException, InterruptedException {
    String said = Json.text(execution, "status_text");
    String failed = Json.text(execution, "failed");
    return said.isEmpty() ? failed + " of " + Json.text(execution, "total") + " failed" : said;
  }

  private void set(Object policy, Rule rule, boolean enabled)
      throws UnreachableException, InterruptedException {
    api.send(
        "change the rule " + rule.name(),
        "PUT",
        "/replication/policies/" + Json.text(policy, "id"),
        rule.body(enabled));
  }

  private Optional<Object> named(String path, String name)
      throws UnreachableException, InterruptedException {
    return api.list(path).stream().filter(row -> Json.text(row, "name").equals(name)).findFirst();
  }
}
