package kk.spi;

/// Implemented by a record of arguments that several modules have in common. Where it is a
/// component of a module's record, playbooks write its arguments beside the module's own.
public interface SharedArguments {}
