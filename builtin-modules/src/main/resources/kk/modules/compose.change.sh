if [ ! -d "$directory" ]; then
  printf 'there is no directory %s on this host\n' "$directory" >&2
  return 1
fi
kk_up() {
  set -- up -d --pull "$pull" --quiet-pull $orphans $recreate
  if [ "$compose" = docker-compose ] && ! docker-compose version --short 2>/dev/null | grep -qv '^1\.'; then
    # version 1 pulls what is missing and knows no other way
    set -- up -d $orphans $recreate
  fi
  kk_compose "$*" >&2
}
case $wanted in
  absent) kk_compose "down $volumes $orphans" >&2 || return 1 ;;
  stopped) kk_compose stop >&2 || return 1 ;;
  restarted) if [ -n "$before" ]; then kk_compose restart >&2 || return 1; else kk_up || return 1; fi ;;
  present) kk_up || return 1 ;;
esac
if [ -n "$wait" ] && [ "$wanted" != absent ] && [ "$wanted" != stopped ]; then
  end=$(($(date +%s) + timeout))
  until kk_settled; do
    if [ "$(date +%s)" -ge "$end" ]; then
      printf 'after %s seconds these are still not up:\n' "$timeout" >&2
      kk_compose "ps -a" >&2
      return 1
    fi
    sleep 1
  done
fi
after=$(kk_containers) || after=
kk_tell "$after"
if [ "$before" = "$after" ]; then echo same=yes; fi
return 0
