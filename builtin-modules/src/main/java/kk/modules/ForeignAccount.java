package kk.modules;

import java.util.Optional;
import kk.spi.Doc;
import kk.spi.SharedArguments;

/// What accounts have on systems other than Linux. Playbooks for several systems may say it.
public record ForeignAccount(
    @Doc("means nothing on Linux: whether macOS hides the account") Optional<Boolean> hidden,
    @Doc("means nothing on Linux: class of the account on BSD") Optional<String> loginClass,
    @Doc("means nothing on Linux: profiles on Solaris") Optional<String> profile,
    @Doc("means nothing on Linux: authorizations on Solaris") Optional<String> authorization,
    @Doc("means nothing on Linux: roles on Solaris") Optional<String> role)
    implements SharedArguments {}
