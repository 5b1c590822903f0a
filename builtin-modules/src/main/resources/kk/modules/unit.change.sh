kk_systemctl() {
  systemctl $scope "$@" >&2 </dev/null
}
# kk_act VERB: does it, and shows why when it fails.
kk_act() {
  case $manager in
    systemd) kk_systemctl $no_block "$1" "$unit" && return ;;
    openrc) rc-service "$unit" "$1" >&2 </dev/null && return ;;
    *) "/etc/init.d/$unit" "$1" >&2 </dev/null && return ;;
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
    mask|unmask) kk_systemctl $step "$unit" || return 1 ;;
    enabled)
      if [ "$enabled" = yes ]; then verb=enable; else verb=disable; fi
      case $manager in
        systemd) kk_systemctl $verb "$unit" || return 1 ;;
        openrc)
          if [ "$enabled" = yes ]; then rc-update add "$unit" default >&2 || return 1
          else rc-update del "$unit" >&2 || return 1
          fi ;;
        *)
          if command -v update-rc.d >/dev/null 2>&1; then update-rc.d "$unit" $verb >&2 || return 1
          else chkconfig "$unit" "$([ "$enabled" = yes ] && echo on || echo off)" >&2 || return 1
          fi ;;
      esac
      ;;
    start|stop|restart) kk_act $step || return 1 ;;
    reload_unit) kk_act reload || return 1 ;;
  esac
done
if [ "$manager" = systemd ] && [ -n "$unit" ]; then
  systemctl $scope show -p LoadState,ActiveState,SubState,UnitFileState "$unit"
fi
return 0
