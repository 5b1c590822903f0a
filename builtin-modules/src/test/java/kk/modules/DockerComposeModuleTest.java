package kk.modules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerComposeModuleTest {
  private final TestHost host;

  DockerComposeModuleTest(@TempDir Path directory) {
    host = new TestHost(directory);
  }

  /// A Docker with one service whose containers are lines of a file.
  @BeforeEach
  void docker() throws IOException {
    Files.createDirectories(host.path("app"));
    host.write("hash", "h1");
    host.program(
        "docker",
        """
        D=%s
        [ "$1" = compose ] && shift
        while :; do case $1 in -p|-f) shift 2 ;; *) break ;; esac; done
        case "$1" in
          version) ;;
          ps) [ ! -s $D/run ] || echo id1 ;;
          config) echo "registry $(cat $D/hash)" ;;
          up) [ ! -e $D/broken ] || { echo 'no such image' >&2; exit 1; }
            grep -q "$(cat $D/hash) true" $D/run 2>/dev/null || echo "id1 $(cat $D/hash) true $$ /app-registry-1" >$D/run ;;
          restart) echo "id1 $(cat $D/hash) true $$ /app-registry-1" >$D/run ;;
          stop) echo "id1 $(cat $D/hash) false $$ /app-registry-1" >$D/run ;;
          down) rm $D/run ;;
          inspect) case $3 in *Health*) echo "running $(cat $D/health 2>/dev/null)" ;; *) cat $D/run ;; esac ;;
        esac
        """
            .formatted(host.directory));
  }

  private List<String> actions() {
    return host.calls().stream()
        .filter(call -> call.matches("docker compose .*\\b(up|down|stop|restart)\\b.*"))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "busybox sh", "bash"})
  void bringsServicesUpOnce(String shell) {
    host.in(shell);
    Object[] arguments = {
      "project_src", host.path("app"), "project_name", "kk", "files", List.of("a.yml", "b.yml")
    };
    host.onlyChecks(new DockerComposeModule(), arguments);
    host.roundTrips = 0;
    assertEquals(
        List.of("app-registry-1 running"),
        host.changed(new DockerComposeModule(), arguments).get("containers"));
    host.unchanged(new DockerComposeModule(), arguments);
    assertEquals(2, host.roundTrips);
    assertEquals(
        List.of("docker compose -f a.yml -f b.yml -p kk up -d --pull never --quiet-pull"),
        actions());
    host.write("hash", "h2");
    host.changed(new DockerComposeModule(), arguments);
  }

  @Test
  void stopsRestartsAndRemoves() {
    Object[] arguments = {"project_src", host.path("app"), "state", "present"};
    host.changed(new DockerComposeModule(), arguments);
    arguments[3] = "restarted";
    host.changed(new DockerComposeModule(), arguments);
    arguments[3] = "stopped";
    host.changed(new DockerComposeModule(), arguments);
    host.unchanged(new DockerComposeModule(), arguments);
    arguments[3] = "absent";
    host.changed(new DockerComposeModule(), arguments);
    host.unchanged(new DockerComposeModule(), arguments);
    host.unchanged(new DockerComposeModule(), "project_src", host.path("none"), "state", "absent");
  }

  @Test
  void waitsUntilAllAreHealthy() {
    Object[] arguments = {"project_src", host.path("app"), "wait", true, "wait_timeout", 1L};
    host.write("health", "starting");
    assertTrue(host.failure(new DockerComposeModule(), arguments).contains("still not up"));
    host.write("health", "healthy");
    host.unchanged(new DockerComposeModule(), arguments);
  }

  @Test
  void passesOnWhatWentWrong() {
    host.write("broken", "");
    assertTrue(
        host.failure(new DockerComposeModule(), "project_src", host.path("app"))
            .contains("no such image"));
    assertTrue(
        host.failure(new DockerComposeModule(), "project_src", "/no/where")
            .contains("no directory"));
    assertTrue(
        host.refusal(new DockerComposeModule(), "project_src", "/x", "pull", "often")
            .contains("one of"));
  }
}
