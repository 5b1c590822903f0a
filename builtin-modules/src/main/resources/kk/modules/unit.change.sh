kk_systemctl() {
  systemctl $scope "$@" >&2 </dev/null
}
# kk_act VERB: does it, and shows why when it fails.
kk_act() {
  case $manager in
    systemd) kk_systemctl $no_block "$1" "$unit" && return ;;
    *)
      eval "set -- \"\$1\" $init_words"
      if [ "$manager" = openrc ]; then
        rc-service "$unit" "$@" >&2 </dev/null && return
      else
        "/etc/init.d/$unit" "$@" >&2 </dev/null && return
      fi ;;
  esac
  printf '%s of %s failed\n' "$1" "$unit" >&2
  if [ "$manager" = systemd ] && command -v journalctl >/dev/null 2>&1; then
    printf 'the last lines of its journal:\n' >&2
    journalctl -u "$unit" -n 15 --no-pager -o cat >&2 2>/dev/null
  fi
  return 1
}
for step in $steps; do
  case $step in
    reload)
      if [ -n "$reexec" ]; then kk_systemctl daemon-reexec || return 1; fi
      if [ -n "$reload" ]; then kk_systemctl daemon-reload || return 1; fi
      ;;
    mask|unmask) kk_systemctl $force $step "$unit" || return 1 ;;
    enabled)
      if [ "$enabled" = yes ]; then verb=enable; else verb=disable; fi
      case $manager in
        systemd) kk_systemctl $force $verb "$unit" || return 1 ;;
        openrc)
          if [ "$enabled" = yes ]; then rc-update add "$unit" "$runlevel" >&2 || return 1
          else rc-update del "$unit" "$runlevel" >&2 || return 1
          fi ;;
        *)
          if command -v update-rc.d >/dev/null 2>&1; then update-rc.d "$unit" $verb >&2 || return 1
          else chkconfig "$unit" "$([ "$enabled" = yes ] && echo on || echo off)" >&2 || return 1
          fi ;;
      esac
      ;;
    restart)
      if [ "$manager" != systemd ] && [ -n "$pause" ]; then
        kk_act stop || return 1
        sleep "$pause"
        kk_act start || return 1
      else
        kk_act restart || return 1
      fi ;;
    start|stop) kk_act $step || return 1 ;;
    reload_unit) kk_act reload || return 1 ;;
  esac
done
if [ "$manager" = systemd ] && [ -n "$unit" ]; then
  systemctl $scope show -p LoadState,ActiveState,SubState,UnitFileState "$unit"
fi
return 0
