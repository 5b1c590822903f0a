/// Talking to one long-lived `/bin/sh` on a host. Whether its three streams come from a local
/// process or an SSH channel doesn't matter here.
///
/// **The protocol.** The shell reads its standard input for ever. For each command it is sent one
/// *frame*, a piece of shell program that
///
/// 1. prints a begin mark on standard output and standard error,
/// 2. forks a subshell which goes to the directory, exports the environment and becomes a new `sh`
///   that reads the command's script from file descriptor 9,
/// 3. prints an end mark on both, with the exit status on standard output.
///
/// A mark is a token of 128 random bits, made anew for each shell, and the number of the command.
/// It may stand anywhere in the stream, so output needs no newline at its end and can hold any
/// byte. What arrives between an end mark and the next begin mark comes from background children
/// and is dropped. One frame and its answer is one round trip.
///
/// **What keeps it whole.** Scripts arrive through a here-document with an unguessable delimiter,
/// input through the shell's own `printf`, so neither meets quoting, a file or a process list. A
/// script without input gets `/dev/null` and can't eat the frames to come. A script is a process of
/// its own: `exit`, `exec`, `set -e`, `cd` and `kill $$` end it and not the session; the session
/// outlives `kill 0` by trapping what that sends.
///
/// **Background children.** The answer comes when the script's own shell ends. Children left behind
/// live on; what they write to the inherited streams while no command runs is dropped, what they
/// write while the next one runs ends up in its output. Redirect them.
///
/// **Limits.** A command that outlives its limit is killed from a second shell: every descendant of
/// the first, and every process of its group that started since the command did, so that daemons
/// started by earlier commands live on. A child that opened a session of its own *and* lost its
/// parent escapes.
package kk.connect.session;
