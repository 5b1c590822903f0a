# What all package managers have in common here.

# kk_package_change: does what kk_package_look has found missing.
kk_package_change() {
  export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical LC_ALL=C
  "kk_${kk_family}_change" </dev/null || { kk_forget; return 1; }
  kk_forget
}

# kk_forget: removes what was fetched.
kk_forget() {
  [ -z "${kk_fetched-}" ] || rm -rf "$kk_fetched"
  kk_fetched=
}

# kk_answer: what came of it, for the module.
kk_answer() {
  printf 'changed=%s\ncache_updated=%s\ncache_update_time=%s\nstdout:\n%s' \
    "$kk_changed" "$kk_updated" "$kk_stamp" "$kk_said"
}

# kk_say STATUS TEXT: keeps what a command said; where it failed, shows the end of it beside its
# errors, which is where the scripts of packages write theirs.
kk_say() {
  [ -z "$2" ] || kk_said=$kk_said$2$kk_newline
  [ "$1" -eq 0 ] || printf '%s\n' "$2" | tail -n 20 >&2
  return "$1"
}
