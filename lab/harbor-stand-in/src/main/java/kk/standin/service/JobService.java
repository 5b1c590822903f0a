package kk.standin.service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import kk.standin.http.Answer;
import kk.standin.http.Json;
import kk.standin.http.Refusal;
import kk.standin.http.Server;

/// Takes tasks of a core that knows the secret. The core then does them itself.
public final class JobService {
  private JobService() {}

  public static void start(Map<String, String> environment) throws IOException {
    Guard guard = new Guard(new Environment(environment).require("CORE_SECRET"));
    new Server(new InetSocketAddress(8080), true)
        .start(
            request ->
                switch (request.method() + " " + request.path()) {
                  case "GET /api/v1/stats" -> Answer.json(Json.object().put("stand_in", true));
                  case "POST /api/v1/jobs" -> {
                    guard.check(request);
                    yield Answer.empty(202);
                  }
                  default -> throw Refusal.notFound(request.path() + " not found");
                });
  }
}
