# Whether the project in $directory is as wanted.
PATH=$PATH:/usr/local/bin
if [ ! -d "$directory" ]; then
  [ "$wanted" = absent ] && return 0
  return 1
fi
if docker compose version >/dev/null 2>&1; then compose="docker compose"
elif command -v docker-compose >/dev/null 2>&1; then compose=docker-compose
else
  echo 'there is neither docker compose nor docker-compose on this host' >&2
  return 2
fi
kk_compose() (
  cd "$directory" || exit 2
  verb=$1
  shift
  eval "set -- $verb \"\$@\" $services"
  if [ -n "$project" ]; then set -- -p "$project" "$@"; fi
  for file in $(eval "printf '%s\n' $files" | sed '1!G;h;$!d'); do set -- -f "$file" "$@"; done
  $compose "$@" </dev/null
)
# kk_containers: id, configuration and state of the project's containers, a line each.
kk_containers() {
  ids=$(kk_compose "ps -a -q" 2>/dev/null) || return 1
  [ -z "$ids" ] || docker inspect -f \
    '{{.Id}} {{index .Config.Labels "com.docker.compose.config-hash"}} {{.State.Running}} {{.State.StartedAt}} {{.Name}}' \
    $ids 2>/dev/null | sort
}
# kk_settled: whether all containers run, and are healthy where they can tell.
kk_settled() {
  ids=$(kk_compose "ps -a -q") && [ -n "$ids" ] || return 1
  ! docker inspect -f '{{.State.Status}} {{if .State.Health}}{{.State.Health.Status}}{{end}}' $ids \
    | grep -qvE '^(running (healthy)?|exited )$'
}
before=$(kk_containers) || before=
kk_tell() { printf '%s\n' "$1" | sed -n 's|^[^ ]* [^ ]* \([^ ]*\) [^ ]* /\(.*\)|container=\2 \1|p' | sed 's/ true$/ running/; s/ false$/ stopped/'; }
case $wanted in
  absent) [ -z "$before" ] ;;
  stopped)
    case $before in *' true '*) return 1 ;; esac
    kk_tell "$before"
    ;;
  restarted) return 1 ;;
  present)
    if [ -z "$before" ] || [ -n "$recreate" ] || [ "$pull" = always ]; then return 1; fi
    # all described containers are there and run, made from the same description
    hashes=$(kk_compose "config --hash=*" 2>/dev/null) || return 1
    while read -r service hash; do
      [ -n "$hash" ] || continue
      case " $services " in '  '|*" $service "*) ;; *) continue ;; esac
      case $before in *" $hash true "*) ;; *) return 1 ;; esac
    done <<KK_HASHES
$hashes
KK_HASHES
    case $before in *' false '*) return 1 ;; esac
    if [ -n "$orphans" ]; then
      while read -r id hash rest; do
        case $hashes in *" $hash"*) ;; *) return 1 ;; esac
      done <<KK_BEFORE
$before
KK_BEFORE
    fi
    if [ -n "$wait" ] && ! kk_settled; then return 1; fi
    kk_tell "$before"
    ;;
esac
