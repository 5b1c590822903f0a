package kk.run;

/// A command was started in the background and nobody waits for it: the task is done for now. What
/// its module makes of the command's answer comes when somebody asks for the job.
final class LeftAlone extends RuntimeException {
  LeftAlone() {
    super("a job was left alone", null, false, false);
  }
}
