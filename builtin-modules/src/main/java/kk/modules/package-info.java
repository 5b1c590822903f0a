/// The verbs that kk comes with, each a class named after what a playbook says: `copy` is
/// [CopyModule].
///
/// What they do on a host is POSIX shell from `src/main/resources/kk/modules`, sent with its values
/// by [Script]. `NAME.look.sh` tells whether all is as wanted and changes nothing; `NAME.change.sh`
/// makes it so. They answer in lines of `name=value` ([Answer]). Files are written by [WantedFile]
/// and by nothing else.
package kk.modules;
