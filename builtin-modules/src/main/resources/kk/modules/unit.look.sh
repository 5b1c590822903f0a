# Whether $unit is started, enabled and masked as wanted.
active='' steps=''
manager=$use
case $manager in
  auto|service)
    manager=sysvinit
    if command -v systemctl >/dev/null 2>&1; then manager=systemd
    elif command -v rc-service >/dev/null 2>&1; then manager=openrc
    fi ;;
  systemd*)
    manager=systemd
    command -v systemctl >/dev/null 2>&1 || { echo 'this host has no systemctl' >&2; return 2; } ;;
  openrc)
    command -v rc-service >/dev/null 2>&1 || { echo 'this host has no rc-service' >&2; return 2; } ;;
esac
# kk_running COMMAND...: whether it says that the service runs, or else the list of processes.
kk_running() {
  if [ -n "$pattern" ]; then
    case $(ps -efww 2>/dev/null || ps) in *"$pattern"*) return 0 ;; *) return 1 ;; esac
  fi
  "$@" status >/dev/null 2>&1
}
if [ "$manager" != systemd ]; then
  if [ -n "$systemd_given" ]; then
    printf 'only systemd has %s, and this host has %s\n' "$systemd_given" "$manager" >&2
    return 2
  fi
  if [ -z "$unit" ]; then return 0; fi
  if [ "$manager" = openrc ]; then
    rc-service -e "$unit" || { printf 'there is no service %s on this host\n' "$unit" >&2; return 2; }
    if kk_running rc-service "$unit"; then active=active; else active=inactive; fi
    is_enabled=no
    if rc-update show "$runlevel" 2>/dev/null | grep -q "^ *$unit |"; then is_enabled=yes; fi
  else
    if [ ! -x "/etc/init.d/$unit" ]; then
      printf 'there is no systemd and no /etc/init.d/%s on this host\n' "$unit" >&2
      return 2
    fi
    if kk_running "/etc/init.d/$unit"; then active=active; else active=inactive; fi
    is_enabled=$enabled
    for link in /etc/rc[2-5].d/S[0-9][0-9]"$unit"; do
      if [ -e "$link" ]; then is_enabled=yes; else is_enabled=no; fi
    done
  fi
  if [ -n "$enabled" ] && [ "$enabled" != "$is_enabled" ]; then steps="$steps enabled"; fi
else
  if [ -n "$reload$reexec" ]; then steps=reload; fi
  if [ -z "$unit" ]; then
    printf 'steps=%s\n' "$steps"
    return 1
  fi
  case $unit in
    *.service|*.socket|*.device|*.mount|*.automount|*.swap|*.target|*.path|*.timer|*.slice|*.scope) ;;
    *) unit=$unit.service ;;
  esac
  shown=$(systemctl $scope show -p LoadState,ActiveState,SubState,UnitFileState "$unit" 2>&1)
  status=$?
  printf '%s\n' "$shown"
  case $shown in
    *ActiveState=*) ;;
    *) printf '%s\n' "$shown" >&2; return $((status > 1 ? status : 2)) ;;
  esac
  load=${shown#*LoadState=} load=${load%%
*}
  active=${shown#*ActiveState=} active=${active%%
*}
  file=${shown#*UnitFileState=} file=${file%%
*}
  if [ "$load" = not-found ] && [ -z "$reload" ]; then
    # a unit that isn't there is stopped and disabled already
    if [ "$wanted" != stopped ] && [ -n "$wanted" ] || [ "$enabled" = yes ]; then
      # in check mode an earlier task may only have said that it would bring the unit
      if [ -n "$checking" ]; then return 1; fi
      printf 'there is no unit %s on this host\n' "$unit" >&2
      return 2
    fi
  fi
  case $load:$masked in
    masked:no) steps="$steps unmask" ;;
    masked:*) ;;
    *:yes) steps="$steps mask" ;;
  esac
  if [ -n "$enabled" ]; then
    case $file in
      '')
        # init scripts and templates have no state of their own
        if systemctl $scope is-enabled --quiet "$unit" 2>/dev/null; then is_enabled=yes; else is_enabled=no; fi ;;
      enabled|alias|static|indirect|generated) is_enabled=yes ;;
      *) is_enabled=no ;;
    esac
    case $file in static|indirect|generated|alias) is_enabled=$enabled ;; esac
    if [ "$enabled" != "$is_enabled" ]; then steps="$steps enabled"; fi
  fi
fi
case $wanted:$active in
  started:active|started:activating|started:reloading) ;;
  started:*) steps="$steps start" ;;
  stopped:active|stopped:activating|stopped:reloading|stopped:deactivating) steps="$steps stop" ;;
  restarted:*) steps="$steps restart" ;;
  reloaded:active|reloaded:reloading) steps="$steps reload_unit" ;;
  reloaded:*) steps="$steps start" ;;
esac
printf 'steps=%s\n' "$steps"
[ -z "$steps" ]
