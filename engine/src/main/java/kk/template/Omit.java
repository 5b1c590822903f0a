package kk.template;

/// The value of the variable `omit`: an argument or keyword that comes to it counts as not given.
public enum Omit {
  OMIT
}
