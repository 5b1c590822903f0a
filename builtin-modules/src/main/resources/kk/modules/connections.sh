# Connections to a port of this host, in the kernel's tables, which have addresses as hexadecimal words.

# kk_hex ADDRESS: an address as the tables write it; one of IPv4 also as it is among those of IPv6.
kk_hex() {
  case $1 in
    *:*.*) kk_hex "${1##*:}"; return ;;
    *:*) ;;
    *)
      rest=$1. word=
      while [ -n "$rest" ]; do
        word=$(printf %02X "${rest%%.*}")$word rest=${rest#*.}
      done
      printf '%s\n0000000000000000FFFF0000%s\n' "$word" "$word"
      return
      ;;
  esac
  after=
  before=${1%%::*}
  case $1 in *::*) after=${1#*::} ;; esac
  groups=$(kk_count "$before") groups=$((groups + $(kk_count "$after")))
  all=${before:+$before:}
  while [ "$groups" -lt 8 ]; do all=${all}0: groups=$((groups + 1)); done
  all=$all${after:+$after:} word=
  while [ -n "$all" ]; do
    # two groups are a word, whose bytes are turned round
    one=$(printf %04X "0x${all%%:*}") all=${all#*:}
    two=$(printf %04X "0x${all%%:*}") all=${all#*:}
    word=$word${two#??}${two%??}${one#??}${one%??}
  done
  printf '%s\n' "$word"
}

# kk_count GROUPS: how many there are between colons.
kk_count() {
  count=0 rest=${1:+$1:}
  while [ -n "$rest" ]; do count=$((count + 1)) rest=${rest#*:}; done
  echo "$count"
}

# kk_addresses NAME: all addresses of a host, as the tables write them.
kk_addresses() {
  case $1 in
    *:*) kk_hex "$1" ;;
    *[!0-9.]*)
      known=$(getent ahosts "$1" | while read -r address _; do printf '%s\n' "${address%%%*}"; done | sort -u)
      if [ -z "$known" ]; then
        printf 'this host knows no address of %s\n' "$1" >&2
        return 1
      fi
      for address in $known; do kk_hex "$address"; done
      ;;
    *) kk_hex "$1" ;;
  esac
}

# kk_connections: sets ours, the addresses connections have to lead to, and others, whose don't matter.
kk_connections() {
  ours= others=
  if [ "$host" != 0.0.0.0 ]; then
    ours=$(kk_addresses "$host") || return 1
    ours=" $(printf %s "$ours" | tr '\n' ' ') "
  fi
  left=${exclude_hosts:+$exclude_hosts,}
  while [ -n "$left" ]; do
    more=$(kk_addresses "${left%%,*}") || return 1
    others="$others $(printf %s "$more" | tr '\n' ' ') " left=${left#*,}
  done
}

# kk_in_use: whether any connection to the port is in one of the $states.
kk_in_use() {
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r _ mine theirs state _; do
    case $mine in *:"$port_hex") ;; *) continue ;; esac
    case $states in *" $state "*) ;; *) continue ;; esac
    case $ours in '') ;; *" ${mine%:*} "*) ;; *) continue ;; esac
    case $others in *" ${theirs%:*} "*) continue ;; esac
    echo yes
    break
  done | grep -q yes
}
