# Users and groups: those of all databases, or with $local those in the host's own files.

# kk_entry DATABASE KEY: the line of a name, or of a number.
kk_entry() {
  if [ -z "$local" ] && command -v getent >/dev/null 2>&1; then
    getent "$1" "$2"
    return
  fi
  while IFS= read -r line; do
    case $line in
      "$2":*) printf '%s\n' "$line"; return ;;
      *:*:"$2":*) case $2 in *[!0-9]*) ;; *) printf '%s\n' "$line"; return ;; esac ;;
    esac
  done <"/etc/$1"
  return 1
}

# kk_need PROGRAM PURPOSE: whether the host has it.
kk_need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  printf 'there is no %s on this host, which %s need\n' "$1" "$2" >&2
  return 1
}
