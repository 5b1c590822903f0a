package kk.standin;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kk.standin.prepare.Places;
import kk.standin.prepare.Prepare;
import kk.standin.prepare.Rejected;
import kk.standin.service.CoreService;
import kk.standin.service.JobService;
import kk.standin.service.LogService;
import kk.standin.service.RegistryControl;

/// What the stand-in's containers run: `Main SERVICE`.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> words = List.of(arguments);
    Map<String, String> environment = System.getenv();
    switch (words.isEmpty() ? "" : words.getFirst()) {
      case "prepare" -> prepare(words.contains("--with-trivy"), environment);
      case "core" -> CoreService.start(environment);
      case "jobservice" -> JobService.start(environment);
      case "registryctl" -> RegistryControl.start(environment);
      case "log" -> LogService.start(Path.of("/var/log/docker"), 10514);
      default -> {
        System.err.println("usage: prepare [--with-trivy] | core | jobservice | registryctl | log");
        System.exit(64);
      }
    }
  }

  private static void prepare(boolean trivy, Map<String, String> environment) throws Exception {
    try {
      new Prepare(Places.inContainer(), environment.getOrDefault("STAND_IN_VERSION", ""), trivy)
          .run();
    } catch (Rejected e) {
      System.err.println("prepare (stand-in): " + e.getMessage());
      System.exit(1);
    }
  }
}
