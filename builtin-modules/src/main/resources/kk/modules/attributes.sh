# Owner, group and mode of paths. Reads $owner, $group, $mode; empty ones don't matter. With $kk_labelled
# what labels.sh reads has to be as wanted too.

# kk_stat PATH: sets now_path, now_mode, now_uid, now_gid, now_size, now_user, now_group.
kk_stat() {
  now_path=$1
  now=$(stat -c '%a %u %g %s:%U:%G' "$1" 2>/dev/null) || return 1
  now_names=${now#*:}
  now_user=${now_names%%:*}
  now_group=${now_names#*:}
  set -- ${now%%:*}
  now_mode=$1 now_uid=$2 now_gid=$3 now_size=$4
}

# kk_mode NOW KIND MODE: sets wanted_mode to the octal digits that MODE makes of NOW. KIND is d for
# a directory, where X means x.
kk_mode() {
  case $3 in
    *[!0-7]*) ;;
    *) kk_digits "$3"; return ;;
  esac
  m=$((0$1)) m_rest=$3,
  while [ -n "$m_rest" ]; do
    m_clause=${m_rest%%,*} m_rest=${m_rest#*,}
    m_who=${m_clause%%[-+=]*}
    m_what=${m_clause#"$m_who"}
    m_how=${m_what%"${m_what#?}"} m_what=${m_what#?}
    case $m_who in ''|*a*) m_who=ugo ;; esac
    while [ -n "$m_who" ]; do
      case $m_who in
        u*) m_shift=6 m_special=2048 ;;
        g*) m_shift=3 m_special=1024 ;;
        *) m_shift=0 m_special=0 ;;
      esac
      m_who=${m_who#?}
      m_bits=0 m_extra=0 m_left=$m_what
      while [ -n "$m_left" ]; do
        case $m_left in
          r*) m_bits=$((m_bits | 4)) ;;
          w*) m_bits=$((m_bits | 2)) ;;
          x*) m_bits=$((m_bits | 1)) ;;
          X*) if [ "$2" = d ] || [ $((m & 73)) -ne 0 ]; then m_bits=$((m_bits | 1)); fi ;;
          s*) m_extra=$((m_extra | m_special)) ;;
          t*) m_extra=$((m_extra | 512)) ;;
          u*) m_bits=$((m_bits | (m >> 6 & 7))) ;;
          g*) m_bits=$((m_bits | (m >> 3 & 7))) ;;
          o*) m_bits=$((m_bits | (m & 7))) ;;
        esac
        m_left=${m_left#?}
      done
      m_bits=$(((m_bits << m_shift) | m_extra))
      case $m_how in
        +) m=$((m | m_bits)) ;;
        -) m=$((m & ~m_bits)) ;;
        =) m=$(((m & ~((7 << m_shift) | m_special)) | m_bits)) ;;
      esac
    done
  done
  kk_digits "$((m >> 9 & 7))$((m >> 6 & 7))$((m >> 3 & 7))$((m & 7))"
}

# kk_digits MODE: sets wanted_mode to it as stat writes it, without leading zeros.
kk_digits() {
  wanted_mode=${1#"${1%%[!0]*}"}
  [ -n "$wanted_mode" ] || wanted_mode=0
}

# kk_differs KIND: whether what kk_stat saw isn't as wanted.
kk_differs() {
  if [ -n "$owner" ] && [ "$owner" != "$now_user" ] && [ "$owner" != "$now_uid" ]; then return 0; fi
  if [ -n "$group" ] && [ "$group" != "$now_group" ] && [ "$group" != "$now_gid" ]; then return 0; fi
  if [ -n "$mode" ]; then
    kk_mode "$now_mode" "$1" "$mode"
    [ "$wanted_mode" = "$now_mode" ] || return 0
  fi
  [ -n "$kk_labelled" ] && kk_labels_differ "$now_path"
}

# kk_apply PATH KIND: makes it as wanted.
kk_apply() {
  kk_stat "$1" || return 1
  kk_settle "$1" "$2" && kk_label "$1"
}

# kk_label PATH: what nearly nobody asks for.
kk_label() { [ -z "$kk_labelled" ] || kk_set_labels "$1"; }

# kk_settle PATH KIND: gives what kk_stat saw its owner, group and mode. Sets settled when there was something to do.
kk_settle() {
  settled= wanted_mode=
  [ -z "$mode" ] || kk_mode "$now_mode" "$2" "$mode"
  if [ -n "$owner" ] && [ "$owner" != "$now_user" ] && [ "$owner" != "$now_uid" ]; then
    settled=yes
    chown -h "$owner" "$1" || return 1
  fi
  if [ -n "$group" ] && [ "$group" != "$now_group" ] && [ "$group" != "$now_gid" ]; then
    settled=yes
    chown -h ":$group" "$1" || return 1
  fi
  # who gets another owner loses special bits
  if [ -n "$wanted_mode" ] && [ ! -L "$1" ] && [ "$settled$wanted_mode" != "$now_mode" ]; then
    settled=yes
    chmod "$wanted_mode" "$1" || return 1
  fi
}

# kk_relabel PATH: the SELinux label its place wants. kk_relabel -f FILE: of all paths in a file.
kk_relabel() {
  if [ -e /sys/fs/selinux/enforce ] && command -v restorecon >/dev/null 2>&1; then
    restorecon -F "$@" 2>/dev/null
  fi
  return 0
}

# kk_report PATH STATE: tells how it is now.
kk_report() {
  kk_stat "$1" || return 0
  kk_tell "$2"
}

# kk_tell STATE: tells what kk_stat saw last. Each look at a file costs the host the start of a program.
kk_tell() {
  printf 'mode=%s\nuid=%s\ngid=%s\nowner=%s\ngroup=%s\nsize=%s\nstate=%s\n' \
    "$now_mode" "$now_uid" "$now_gid" "$now_user" "$now_group" "$now_size" "$1"
  [ ! -e /sys/fs/selinux/enforce ] || printf 'secontext=%s\n' "$(stat -c %C "$now_path" 2>/dev/null)"
}
