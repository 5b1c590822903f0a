/// What an extension sees of kk, and all it sees.
///
/// - A **module** is a verb: [Module] with a record of arguments. It looks at the host, decides,
///   and changes. It runs on a virtual thread per host; one instance serves them all. It may throw
///   [TaskFailed] for a failure and lets [UnreachableException] and `InterruptedException` pass.
/// - A **connector** reaches hosts: [Connector] opens one [Connection] per host and run. A
///   connection knows commands and bytes, no modules. Escalation is told by [RunAs] on each
///   [Command].
/// - A **filter** extends templates: [TemplateFilter].
///
/// All three are found by `java.util.ServiceLoader`: a line in `META-INF/services` registers them.
package kk.spi;
