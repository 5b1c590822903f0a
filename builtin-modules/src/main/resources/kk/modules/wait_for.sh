# Waits until the port or the path is as $wanted. Ends with 3 when it takes longer than $timeout.
local=
case $host in
  127.*|localhost|::1|0.0.0.0|::|'') local=yes ;;
esac

# kk_listens: whether anybody on this host listens on the port, seen in the kernel's tables.
kk_listens() {
  cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | while read -r nr mine theirs state rest; do
    case $mine:$state in *:"$port_hex":0A) echo yes; break ;; esac
  done | grep -q yes
}
kk_bounded() {
  if command -v timeout >/dev/null 2>&1; then timeout "$patience" "$@"; else "$@"; fi
}
# kk_answers: whether a connection to the port comes up.
kk_answers() {
  if command -v bash >/dev/null 2>&1; then
    kk_bounded bash -c '</dev/tcp/$0/$1' "$host" "$port" 2>/dev/null
  elif command -v nc >/dev/null 2>&1; then
    kk_bounded nc -w "$patience" "$host" "$port" </dev/null >/dev/null 2>&1
  elif command -v curl >/dev/null 2>&1; then
    curl -s --connect-timeout "$patience" --max-time "$patience" "telnet://$host:$port" </dev/null >/dev/null 2>&1
    case $? in 0|28|48|49|52|56) return 0 ;; esac
    return 1
  else
    echo 'this host has neither bash nor nc nor curl to try a port with' >&2
    exit 2
  fi
}
# kk_says: what the port sends by itself.
kk_says() {
  if command -v bash >/dev/null 2>&1; then
    kk_bounded bash -c 'exec 3<>/dev/tcp/$0/$1 && cat <&3' "$host" "$port" 2>/dev/null
  else
    { sleep "$patience"; } | kk_bounded nc "$host" "$port" 2>/dev/null
  fi
}
# kk_found: keeps what the pattern finds on standard input, in base64, in found. Perl's notation is next to
# Python's, and takes the text as a whole; not every grep has it.
kk_found() {
  if printf x | grep -Pzq x 2>/dev/null; then
    found=$(LC_ALL=C grep -Pzo -e "(?m)$regex" 2>/dev/null | head -c 65536 | base64 | tr -d '\n')
  else
    found=$(grep -E -e "$plain_regex" 2>/dev/null | head -n 1 | base64 | tr -d '\n')
  fi
  [ -n "$found" ]
}
kk_there() {
  if [ -n "$path" ]; then
    [ -e "$path" ] || return 1
    if [ -n "$regex" ]; then kk_found <"$path"; fi
  elif [ -n "$regex" ]; then
    kk_says >"$heard"
    kk_found <"$heard"
  elif [ -n "$local" ] && [ -r /proc/net/tcp ]; then
    kk_listens
  else
    kk_answers
  fi
}
kk_done() {
  case $wanted in
    present) kk_there ;;
    absent) ! kk_there ;;
    drained) ! kk_in_use ;;
  esac
}

if [ "$delay" -gt 0 ]; then sleep "$delay"; fi
if [ -z "$port$path" ]; then
  sleep "$timeout"
  exit 0
fi
if [ -n "$regex" ] && [ -n "$port" ]; then
  heard=$(umask 077 && mktemp) || exit 2
  trap 'rm -f "$heard"' EXIT
fi
if [ "$wanted" = drained ]; then kk_connections || exit 2; fi
end=$(($(date +%s) + timeout))
looks=0
until kk_done; do
  if [ "$(date +%s)" -ge "$end" ]; then exit 3; fi
  looks=$((looks + 1))
  if [ $looks -le 5 ]; then sleep 0.2 2>/dev/null || sleep 1; else sleep "$pause"; fi
done
if [ -n "$regex" ]; then printf 'found=%s\n' "$found"; fi
if [ -n "$path" ] && [ -e "$path" ]; then
  if [ -d "$path" ]; then kk_report "$path" directory; else kk_report "$path" file; fi
fi
exit 0
