/// How hosts are reached: [LocalConnector] for this machine, [SshConnector] for the others. Both
/// open a [ShellConnection], which keeps one long-lived shell per user; they differ only in how a
/// shell is started. What is said to a shell is in `kk.connect.session`.
package kk.connect;
