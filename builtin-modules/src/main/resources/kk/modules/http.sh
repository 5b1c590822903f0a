# Requests over HTTP by curl, redirections included. Needs these variables:
#   config       lines for curl's configuration, each after a letter that says when it counts: = always, 1 for
#                the first request, b with a body, h for the server it is made for, others as they are called
#   method       of the request; with_body when it has one, body_file when that is a file
#   follow       all, safe, none or urllib2
#   timeout      seconds without a sign of life
#   decompress, insecure, client_cert, client_key, ca_path, unix_socket

# kk_http_begin DIRECTORY: reads config from standard input and makes work, a directory for what arrives.
kk_http_begin() {
  if [ ! -d "$1" ]; then
    printf '%s directory does not exist\n' "$1" >&2
    return 1
  fi
  work=$(umask 077 && mktemp -d "$1/kk.XXXXXX") || return 1
  config=$(cat)
}

# kk_http LETTER: asks for the address that the config has under the letter. Sets status, reached, the
# address in the end, curl_exit and curl_error; what arrives is in $work/head and $work/body.
kk_http() {
  parts=1$1 server=h hop='' hops=0
  : >"$work/heads"
  while :; do
    kk_http_once "=$parts$server${with_body:+b}"
    [ "$curl_exit" = 0 ] || return 1
    cat "$work/head" >>"$work/heads"
    [ -n "$next" ] && [ "$hops" -lt 10 ] && kk_http_follows || return 0
    [ "$(kk_origin "$reached")" = "$(kk_origin "$next")" ] || server=
    hops=$((hops + 1)) hop=$next parts=
  done
}

# kk_http_once LETTERS: one request, with these lines of the config.
kk_http_once() {
  letters=$1
  set -- -q -g -s -S -D "$work/head" -o "$work/body" --connect-timeout "$timeout" -Y 1 -y "$timeout" \
    -w '%{http_code} %{time_total}\n%{redirect_url}\n%{url_effective}\n'
  case $method in
    HEAD) set -- "$@" --head ;;
    GET) [ -z "$with_body" ] || set -- "$@" -X GET ;;
    POST) [ -n "$with_body" ] || set -- "$@" -X POST ;;
    *) set -- "$@" -X "$method" ;;
  esac
  if [ -n "$with_body" ] && [ -n "$body_file" ]; then set -- "$@" --data-binary "@$body_file"; fi
  if [ -n "$insecure" ]; then set -- "$@" -k; fi
  if [ -n "$decompress" ]; then set -- "$@" --compressed; fi
  if [ -n "$ca_path" ]; then set -- "$@" --cacert "$ca_path"; fi
  if [ -n "$client_cert" ]; then set -- "$@" --cert "$client_cert"; fi
  if [ -n "$client_key" ]; then set -- "$@" --key "$client_key"; fi
  if [ -n "$unix_socket" ]; then set -- "$@" --unix-socket "$unix_socket"; fi
  : >"$work/body"
  : >"$work/head"
  said=$(
    {
      printf '%s\n' "$config" | sed -n "s/^[$letters]//p"
      [ -z "$hop" ] || printf '%s\n' "$hop" | sed 's/["\\]/\\&/g; s/^/url = "/; s/$/"/'
    } | curl "$@" -K - 2>"$work/error"
  )
  curl_exit=$?
  curl_error=$(head -n 1 "$work/error")
  { read -r status took; read -r next; read -r reached; } <<EOF
$said
EOF
  printf 'took=%s\n' "$took"
  [ "$method" != HEAD ] || : >"$work/body"
}

# kk_origin ADDRESS: whose it is, without a login.
kk_origin() {
  where=${1#*://}
  where=${where%%[/?#]*}
  printf '%s\n' "${1%%://*} ${where##*@}"
}

# kk_http_follows: whether to go where the answer leads; sets method and with_body for there.
kk_http_follows() {
  case $next in http://*|https://*) ;; *) return 1 ;; esac
  case $follow:$method in
    all:*|safe:GET|safe:HEAD|urllib2:GET|urllib2:HEAD) ;;
    urllib2:POST) case $status in 307|308) return 1 ;; esac ;;
    *) return 1 ;;
  esac
  case $status in
    301) [ "$method" != POST ] || method=GET ;;
    302|303) [ "$method" = HEAD ] || method=GET ;;
    307|308) return 0 ;;
    *) return 1 ;;
  esac
  with_body=
}

# kk_http_tell: how it went.
kk_http_tell() {
  printf 'status=%s\nreached=%s\nerror=%s\nheads=%s\n' \
    "$status" "$reached" "$curl_error" "$(base64 <"$work/heads" | tr -d '\n')"
}

# kk_header NAME: its value in the last answer.
kk_header() {
  tr -d '\r' <"$work/head" | sed -n "s/^$1: *//Ip" | tail -n 1
}
