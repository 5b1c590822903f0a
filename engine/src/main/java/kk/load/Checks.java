package kk.load;

/// When a task's values are checked that could be checked without running it.
public enum Checks {
  /// Before anything runs: a wrong argument is a problem of the playbook. What kk does.
  BEFORE_THE_RUN,
  /// When the task is reached: a wrong argument is a failure of the task, which may be ignored or
  /// rescued. What Ansible does.
  WHEN_REACHED
}
