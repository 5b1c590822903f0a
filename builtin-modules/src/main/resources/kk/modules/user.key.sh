# The account's pair of keys for SSH.

# kk_key_look HOME: sets makes_key when there is one to make; tells about the one that is there.
kk_key_look() {
  makes_key=
  [ -n "$wants_key" ] || return 0
  case $key_file in /*) ;; *) key_file=$1/$key_file ;; esac
  if [ ! -e "$key_file" ] || [ -n "$force" ]; then makes_key=yes; fi
  kk_key_tell
}

kk_key_tell() {
  printf 'key_file=%s\n' "$key_file"
  [ -e "$key_file" ] || return 0
  kk_need ssh-keygen 'keys for SSH' || return 1
  printf 'key_fingerprint=%s\n' "$(ssh-keygen -l -f "$key_file" </dev/null)"
  [ ! -e "$key_file.pub" ] || printf 'key_public=%s\n' "$(cat "$key_file.pub")"
}

# kk_key_make: makes it where nobody else can write, then puts it in its place as the user's.
kk_key_make() {
  [ -n "$makes_key" ] || return 0
  kk_need ssh-keygen 'keys for SSH' || return 1
  directory=${key_file%/*}
  if [ ! -d "$directory" ]; then
    (umask 077 && mkdir "$directory") && chown -h "$now_uid:$now_gid" "$directory" && kk_relabel "$directory" || return 1
  fi
  work=$(umask 077 && mktemp -d) || return 1
  if kk_key_generate && chown "$now_uid:$now_gid" "$work/key" "$work/key.pub"; then
    rm -f "$key_file" "$key_file.pub" &&
      mv "$work/key" "$key_file" && mv "$work/key.pub" "$key_file.pub" && kk_relabel "$key_file" "$key_file.pub"
  else
    false
  fi
  made=$?
  rm -rf "$work"
  [ "$made" = 0 ] && kk_key_tell
}

kk_key_generate() {
  set -- -q -t "$key_type" -C "${key_comment:-ansible-generated on $(uname -n)}" -f "$work/key"
  if [ -n "$key_bits" ]; then set -- "$@" -b "$key_bits"; fi
  if [ -z "$passphrase" ]; then
    ssh-keygen "$@" -N '' </dev/null
    return
  fi
  # ssh-keygen asks a program for what no list of processes may show; this one reads it where ssh-keygen does
  printf '#!/bin/sh\nIFS= read -r answer\nprintf "%%s\\n" "$answer"\n' >"$work/ask"
  chmod 700 "$work/ask"
  alone=
  if command -v setsid >/dev/null 2>&1; then alone=setsid; fi
  # older ones ask it only where there are a display and no terminal
  printf '%s\n%s\n' "$passphrase" "$passphrase" |
    SSH_ASKPASS=$work/ask SSH_ASKPASS_REQUIRE=force DISPLAY=none $alone ssh-keygen "$@" || return 1
  # one that could not ask takes it for an empty answer
  if ssh-keygen -y -P '' -f "$work/key" >/dev/null 2>&1 </dev/null; then
    echo 'ssh-keygen on this host takes no passphrase without showing it to others' >&2
    return 1
  fi
}
