package kk.cli;

/// How `kk` ends.
public enum ExitCode {
  DONE(0, "done"),
  RUN_ERROR(1, "an error that is no host's"),
  TASK_FAILED(2, "a task failed on some host"),
  UNREACHABLE(4, "a host could not be reached"),
  COMMAND_LINE(64, "the command line is wrong"),
  INPUT(65, "the playbook, the inventory or a setting is wrong"),
  BUG(70, "a bug in kk"),
  INTERRUPTED(130, "interrupted");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  public String meaning() {
    return meaning;
  }
}
