package kk.standin.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Server;

/// Collects the garbage of the registry, with the registry's own program on the same storage.
public final class RegistryControl {
  private RegistryControl() {}

  public static void start(Map<String, String> environment) throws IOException {
    Guard guard = new Guard(new Environment(environment).require("CORE_SECRET"));
    new Server(new InetSocketAddress(8080), true)
        .start(
            request ->
                switch (request.method() + " " + request.path()) {
                  case "GET /api/health" -> Answer.json(Json.object().put("status", "healthy"));
                  case "POST /api/registry/gc" -> {
                    guard.check(request);
                    yield Answer.text(collect());
                  }
                  default -> throw Refusal.notFound(request.path() + " not found");
                });
  }

  private static String collect() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("registry", "garbage-collect", "/etc/registry/config.yml")
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      System.out.println(said);
      throw new IOException("registry garbage-collect ended with " + process.exitValue());
    }
    return said;
  }
}
