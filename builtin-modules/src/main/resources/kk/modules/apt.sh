# What looking and changing have in common where apt-get manages packages.

# kk_apt_get WORD...: runs apt-get, or lets it say what it would do where $simulate says so.
kk_apt_get() {
  kk_text=$(apt-get $simulate -y -q -o DPkg::Lock::Timeout="${lock_timeout:-60}" "$@" </dev/null)
  kk_say $? "$kk_text"
}

# kk_apt_task WORD...: the same for what changes packages.
kk_apt_task() {
  kk_apt_get $apt_dpkg_words "$@" || return 1
  case $kk_newline$kk_text in
    *"$kk_newline"'0 upgraded, 0 newly installed, 0 to remove '*) ;;
    *) kk_changed=yes ;;
  esac
}

# kk_apt_time: sets kk_stamp to when the lists of packages were fetched.
kk_apt_time() {
  for kk_file in /var/lib/apt/periodic/update-success-stamp /var/lib/apt/lists; do
    kk_stamp=$(stat -c %Y "$kk_file" 2>/dev/null) && return
  done
  kk_stamp=0
}

# kk_apt_update: fetches the lists, again and again when that fails.
kk_apt_update() {
  kk_pause=1 kk_tries=$apt_retries
  until apt-get -q -o DPkg::Lock::Timeout="${lock_timeout:-60}" -o APT::Update::Error-Mode=any update >/dev/null; do
    kk_tries=$((kk_tries - 1))
    [ "$kk_tries" -gt 0 ] || return 1
    sleep "$((kk_pause < apt_max_delay ? kk_pause : apt_max_delay))"
    kk_pause=$((kk_pause * 2))
  done
  # lists that are as they were keep their time, and would seem old for ever
  kk_before=$kk_stamp
  kk_apt_time
  if [ "$kk_stamp" -eq "$kk_before" ]; then
    touch -c /var/lib/apt/lists 2>/dev/null
    kk_apt_time
  fi
}

# kk_apt_latest NAME...: adds those to $todo for which the lists have another version.
kk_apt_latest() {
  [ $# -gt 0 ] || return 0
  for kk_name in $(
    LC_ALL=C apt-cache $apt_release_words policy "$@" 2>/dev/null | awk '
      /^[^ ]/ { name = substr($1, 1, length($1) - 1) }
      /^  Installed:/ { have = $2 }
      /^  Candidate:/ { if ($2 != have && $2 != "(none)") print name }'
  ); do
    todo="$todo $kk_name"
  done
}

# kk_apt_reaches NAME VERSION...: whether the lists have a version as high as wanted, in pairs.
kk_apt_reaches() {
  while [ $# -gt 0 ]; do
    kk_have=$(LC_ALL=C apt-cache $apt_release_words policy "$1" 2>/dev/null |
      sed -n 's/^  Candidate: //p')
    if ! dpkg --compare-versions "${kk_have:-0}" ge "$2"; then
      printf 'there is no %s as new as %s; the newest is %s\n' "$1" "$2" "${kk_have:-(none)}" >&2
      return 1
    fi
    shift 2
  done
}

# kk_apt_do: does all there is to do but fetching lists.
kk_apt_do() {
  kk_also=
  if [ -n "$autoremove" ]; then kk_also=--auto-remove; fi
  if [ -n "$apt_purge" ] && { [ -n "$autoremove" ] || [ "$wanted" = absent ]; }; then
    kk_also="$kk_also --purge"
  fi
  if [ -n "$kk_unsure" ]; then kk_apt_latest $kk_unsure; fi
  kk_apt_reaches $kk_least || return 1
  case $kk_step in
    none)
      if [ -n "$kk_stale$apt_clean" ]; then kk_changed=yes; fi
      if [ -n "$autoremove" ]; then kk_apt_task autoremove ${kk_also#--auto-remove} || return 1; fi ;;
    upgrade)
      if [ "$apt_upgrade" = dist ]; then set -- dist-upgrade; else set -- upgrade --with-new-pkgs; fi
      kk_apt_task "$@" $kk_also $apt_words || return 1 ;;
    deb)
      # it may bring packages along, and sends none away
      kk_apt_task install ${kk_also:---no-remove} $apt_words "$apt_deb" || return 1 ;;
    present|latest)
      if [ -n "$apt_only_upgrade" ]; then kk_also="$kk_also --only-upgrade"; fi
      if [ -n "$todo" ]; then
        kk_apt_task install $kk_also $apt_words $todo || return 1
      fi ;;
    absent) kk_apt_task remove $kk_also $apt_remove_words $todo || return 1 ;;
    build-dep) kk_apt_task build-dep $apt_words $todo || return 1 ;;
    fixed) kk_apt_task -f install $kk_also $apt_words $todo || return 1 ;;
  esac
  if [ -n "$apt_autoclean" ]; then
    kk_apt_get autoclean || return 1
    case $kk_newline$kk_text in *"${kk_newline}Del "*) kk_changed=yes ;; esac
  fi
}
