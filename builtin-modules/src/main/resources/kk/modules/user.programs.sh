# The programs that add, change and remove accounts: those of shadow, with $local those of libuser, or
# those of busybox.

# kk_list LIST: without the commas around it.
kk_list() {
  list=${1#,}
  list=${list%,}
}

kk_user_remove() {
  if [ -n "$local" ]; then
    kk_need luserdel 'local accounts' && luserdel ${remove:+-r} "$name" </dev/null
  elif command -v userdel >/dev/null 2>&1; then
    userdel ${force:+-f} ${remove:+-r} "$name" </dev/null
  else
    deluser ${remove:+--remove-home} "$name" </dev/null
  fi
}

kk_user_add() {
  # none of them makes the directories above
  if [ -n "$create_home" ] && [ -n "${home%/*}" ]; then mkdir -p "${home%/*}/" || return 1; fi
  set --
  if [ -z "$local" ] && ! command -v useradd >/dev/null 2>&1; then
    kk_busybox_add
    return
  fi
  if [ -n "$uid" ]; then set -- "$@" -u "$uid"; fi
  if [ -n "$non_unique" ]; then set -- "$@" -o; fi
  if [ -n "$seuser" ]; then set -- "$@" -Z "$seuser"; fi
  if [ -n "$group" ]; then set -- "$@" -g "$group"
  elif [ -n "$(kk_entry group "$name")" ]; then set -- "$@" -g "$name"
  fi
  if [ -n "$set_comment" ]; then set -- "$@" -c "$comment"; fi
  if [ -n "$home" ]; then set -- "$@" -d "$home"; fi
  if [ -n "$login_shell" ]; then set -- "$@" -s "$login_shell"; fi
  if [ -n "$system" ]; then set -- "$@" -r; fi
  if [ -z "$create_home" ]; then set -- "$@" -M
  elif [ -n "$skeleton" ]; then set -- "$@" -k "$skeleton"
  fi
  if [ -n "$local" ]; then
    joins=${wanted_groups#,} leaves=
    kk_need luseradd 'local accounts' && luseradd "$@" "$name" </dev/null && kk_local_groups && kk_local_expires
    return
  fi
  if [ -n "$create_home" ]; then
    set -- "$@" -m
    if [ -n "$umask" ]; then set -- "$@" -K "UMASK=$umask"; fi
  fi
  kk_list "$wanted_groups"
  if [ -n "$list" ]; then set -- "$@" -G "$list"; fi
  if [ -n "$set_expires" ]; then set -- "$@" -e "$expires_date"; fi
  if [ -n "$uid_min" ]; then set -- "$@" -K "UID_MIN=$uid_min"; fi
  if [ -n "$uid_max" ]; then set -- "$@" -K "UID_MAX=$uid_max"; fi
  useradd "$@" "$name" </dev/null
}

kk_user_modify() {
  set --
  for each in $differs; do
    case $each in
      uid) set -- "$@" -u "$uid" ${non_unique:+-o} ;;
      group) set -- "$@" -g "$wanted_gid" ;;
      comment) set -- "$@" -c "$comment" ;;
      home) set -- "$@" -d "$home" ${move_home:+-m} ;;
      shell) set -- "$@" -s "$login_shell" ;;
      lock) set -- "$@" -L ;;
      unlock) set -- "$@" -U ;;
    esac
  done
  if [ -n "$local" ]; then
    if [ $# -gt 0 ]; then
      kk_need lusermod 'local accounts' && lusermod "$@" "$name" </dev/null || return 1
    fi
    case $differs in *groups*) kk_local_groups || return 1 ;; esac
    case $differs in *expires*) kk_local_expires ;; esac
    return
  fi
  case $differs in
    *expires*) set -- "$@" -e "$expires_date" ;;
  esac
  case $differs in
    *groups*)
      kk_list "$wanted_groups"
      set -- "$@" ${append:+-a} -G "$list"
      ;;
  esac
  [ $# -gt 0 ] || return 0
  kk_need usermod 'changes of accounts' && usermod "$@" "$name" </dev/null
}

kk_local_groups() {
  while [ -n "$joins" ]; do
    lgroupmod -M "$name" "${joins%%,*}" </dev/null || return 1
    joins=${joins#*,}
  done
  while [ -n "$leaves" ]; do
    lgroupmod -m "$name" "${leaves%%,*}" </dev/null || return 1
    leaves=${leaves#*,}
  done
}

kk_local_expires() {
  [ -n "$set_expires" ] || return 0
  lchage -E "${expires_day:--1}" "$name" </dev/null
}

kk_busybox_add() {
  if [ -n "$set_expires$uid_min$uid_max$seuser$non_unique$umask" ]; then
    kk_need useradd "such accounts" || return 1
  fi
  set -- -D
  if [ -n "$uid" ]; then set -- "$@" -u "$uid"; fi
  if [ -n "$group" ]; then set -- "$@" -G "$group"; fi
  if [ -n "$set_comment" ]; then set -- "$@" -g "$comment"; fi
  if [ -n "$home" ]; then set -- "$@" -h "$home"; fi
  if [ -n "$login_shell" ]; then set -- "$@" -s "$login_shell"; fi
  if [ -n "$system" ]; then set -- "$@" -S; fi
  if [ -n "$skeleton" ]; then set -- "$@" -k "$skeleton"; fi
  if [ -z "$create_home" ]; then set -- "$@" -H; fi
  adduser "$@" "$name" </dev/null || return 1
  more=${wanted_groups#,}
  while [ -n "$more" ]; do
    addgroup "$name" "${more%%,*}" </dev/null || return 1
    more=${more#*,}
  done
}
