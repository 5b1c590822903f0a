package kk.cli;

import java.nio.file.Path;

/// Where kk's own playbooks and roles lie: the folder that the launcher names in the property
/// `kk.home`.
public record Home(Path folder) {
  public static Home find() {
    return new Home(Path.of(System.getProperty("kk.home", ".")).toAbsolutePath().normalize());
  }

  Path roles() {
    return folder.resolve("roles");
  }

  Path playbook(String name) {
    return folder.resolve("playbooks").resolve(name + ".yaml");
  }

  Path localInventory() {
    return folder.resolve("inventory-samples").resolve("localhost.yaml");
  }
}
