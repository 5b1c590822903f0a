# Sends the request that the configuration on standard input describes, and tells what came of it; the
# answer's body comes last, after a line of its own.
#   creates, removes   paths that tell whether there is anything to do
#   accepted           the status codes that mean success, with spaces around
#   path               where the body goes, when it goes to a file
#   returns            whether the body is wanted here, whatever it is
if [ -n "$creates" ] && [ -e "$creates" ]; then echo left=exists; exit 0; fi
if [ -n "$removes" ] && [ ! -e "$removes" ]; then echo left=missing; exit 0; fi
command -v curl >/dev/null 2>&1 || exit 127
kk_http_begin "${TMPDIR:-/tmp}" || exit 1
trap 'rm -rf "$work"' EXIT
if [ -n "$makes_body" ]; then
  body_file=$work/sent
  kk_body >"$body_file" || exit 1
fi
modified=
if [ -n "$path" ] && [ -f "$path" ] && [ -z "$ignore_cache" ]; then
  modified=$(LC_ALL=C date -u -r "$path" '+%a, %d %b %Y %H:%M:%S GMT')
  config="$config
=header = \"If-Modified-Since: $modified\""
fi
kk_http u
kk_http_tell
case $accepted in *" $status "*) good=yes ;; *) good= ;; esac
if [ -n "$path" ] && [ "$status" != 304 ] && [ -n "$good" ]; then
  name=${reached%%[?#]*}
  name=${name##*/}
  source=$work/body
  kk_content() { cat <"$source"; }
  kk_write_look
  case $? in
    0) ;;
    1) kk_write_change || exit 1 ;;
    *) exit 1 ;;
  esac
  echo written=yes
elif [ -n "$path" ] && [ -f "$path" ]; then
  printf 'dest=%s\n' "$path"
  kk_report "$path" file
fi
printf '@kk body\n'
case $(kk_header content-type) in *[/+][jJ][sS][oO][nN]*) returns=yes ;; esac
if [ -n "$returns" ] || [ -z "$good" ]; then cat "$work/body"; fi
