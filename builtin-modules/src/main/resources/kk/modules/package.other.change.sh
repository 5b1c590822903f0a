# kk_other WORD...: runs it, and keeps what it says.
kk_other() {
  kk_text=$("$@" </dev/null)
  kk_say $? "$kk_text" || return 1
  case $kk_text in *'Nothing to do'*) kk_changed= ;; esac
}
if [ -n "$lock_timeout" ]; then export ZYPP_LOCK_TIMEOUT="$lock_timeout"; fi
if [ -n "$update" ] && [ "$wanted" != absent ]; then
  case $manager in
    zypper) zypper -n refresh >/dev/null || return 1 ;;
    apk) apk update >/dev/null || return 1 ;;
  esac
  kk_updated=yes
fi
if [ -n "$todo$kk_all" ]; then
  case $manager:$wanted in
    zypper:absent) kk_other zypper -n remove ${autoremove:+--clean-deps} $todo ;;
    zypper:*)
      if [ -n "$kk_all" ]; then set -- update; else set -- install -y; fi
      kk_other zypper -n "$@" ${allow_downgrade:+--oldpackage} $todo ;;
    apk:absent) kk_other apk ${lock_timeout:+--wait "$lock_timeout"} del $todo ;;
    apk:present) kk_other apk ${lock_timeout:+--wait "$lock_timeout"} add $todo ;;
    apk:*)
      if [ -n "$kk_all" ]; then set -- upgrade; else set -- add -u; fi
      kk_other apk ${lock_timeout:+--wait "$lock_timeout"} "$@" $todo ;;
  esac || return 1
fi
kk_answer
