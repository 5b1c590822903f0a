# What file systems note about a path besides owner and mode: flags as chattr takes them ($flags) and the
# parts of its SELinux label ($seuser, $serole, $setype, $selevel). Empty ones don't matter; parts of
# the label don't either where there is no SELinux.

# kk_letters LETTERS OTHERS: whether each of the letters is among the others.
kk_letters() {
  letters=$1
  while [ -n "$letters" ]; do
    case $2 in *"${letters%"${letters#?}"}"*) ;; *) return 1 ;; esac
    letters=${letters#?}
  done
}

# kk_flags_differ PATH: sets now_flags to the letters that it has.
kk_flags_differ() {
  [ -n "$flags" ] || return 1
  now_flags=$(lsattr -d "$1" 2>/dev/null) || now_flags=
  now_flags=$(printf %s "${now_flags%% *}" | tr -d -)
  case $flags in
    +*) ! kk_letters "${flags#+}" "$now_flags" ;;
    -*) [ "$(printf %s "$now_flags" | tr -d "${flags#-}")" != "$now_flags" ] ;;
    # e, that its blocks are noted as extents, is nobody's wish and can't be taken away
    *) ! { kk_letters "${flags#=}" "$now_flags" && kk_letters "$now_flags" "${flags}e"; } ;;
  esac
}

# kk_lacks OPTION NOW WANTED POLICY: notes the option of chcon that a part of the label takes.
kk_lacks() {
  part=$3
  [ "$part" != _default ] || part=$4
  [ -z "$part" ] || [ "$part" = "$2" ] || lacking="$lacking $1 $part"
}

# kk_label_differs PATH: sets lacking to options for chcon.
kk_label_differs() {
  lacking=
  [ -n "$seuser$serole$setype$selevel" ] && [ -e /sys/fs/selinux/enforce ] || return 1
  label=$(stat -c %C "$1") policy=
  case " $seuser $serole $setype $selevel " in
    *' _default '*) policy=$(matchpathcon -n "$1") ;;
  esac
  kk_lacks -u "${label%%:*}" "$seuser" "${policy%%:*}"
  label=${label#*:} policy=${policy#*:}
  kk_lacks -r "${label%%:*}" "$serole" "${policy%%:*}"
  label=${label#*:} policy=${policy#*:}
  kk_lacks -t "${label%%:*}" "$setype" "${policy%%:*}"
  kk_lacks -l "${label#*:}" "$selevel" "${policy#*:}"
  [ -n "$lacking" ]
}

kk_labels_differ() { kk_label_differs "$1" || kk_flags_differ "$1"; }

# kk_set_labels PATH: makes them as wanted; flags last, as they may forbid everything else.
kk_set_labels() {
  if kk_label_differs "$1"; then chcon -h $lacking "$1" || return 1; fi
  if kk_flags_differ "$1"; then
    case $flags in
      [-+]*) chattr "$flags" "$1" ;;
      *)
        case $now_flags in *e*) chattr "=${flags#=}e" "$1" ;; *) chattr "=${flags#=}" "$1" ;; esac ;;
    esac || return 1
  fi
}
