package kk.playbook;

import java.nio.file.Path;
import java.util.List;

/// Plays in order, imported ones in place.
public record Playbook(Path file, List<Play> plays) {}
