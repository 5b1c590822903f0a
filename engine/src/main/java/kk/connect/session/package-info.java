/// Talking to one long-lived `/bin/sh` on a host. Whether its three streams come from a local
/// process or an SSH channel doesn't matter here.
///
/// **The protocol.** The shell reads its standard input for ever. For each command it is sent one
/// *frame*, a piece of shell program that
///
/// 1. forks a subshell which goes to the directory, exports the environment and evaluates the
///   command's script; a script that asks for its own process (`$$`, `$0`, `$PPID`) is given to a
///   new `sh` on file descriptor 9 instead, which costs the host another start of a program,
/// 2. prints an end mark on standard output, with the exit status, and one on standard error.
///
/// Before it, the frame defines in the shell itself such functions of the command as the shell
/// doesn't know: what is the same for many commands is sent and read once.
///
/// A mark is a token of 128 random bits, made anew for each shell, and the number of the command.
/// It may stand anywhere in the stream, so output needs no newline at its end and can hold any
/// byte. What has arrived after an end mark when the next frame is sent comes from background
/// children and is dropped. One frame and its answer is one round trip. Where standard input goes
// on
/// after the frame, a begin mark on standard output tells that the shell has read all of the frame.
///
/// **What keeps it whole.** Scripts arrive as a quoted word or a here-document with an unguessable
/// delimiter, input through the shell's own `printf`, so neither meets a file or a process list. A
/// script without input gets `/dev/null` and can't eat the frames to come. A script is a process of
/// its own: a syntax error, `exit`, `exec`, `set -e`, `cd` and `kill $$` end it and not the
// session;
/// the session outlives `kill 0` by trapping what that sends.
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
