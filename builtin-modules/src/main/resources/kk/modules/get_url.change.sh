# The configuration for curl is on standard input.
kk_fetch() {
  if command -v curl >/dev/null 2>&1; then
    curl -q -fsSL --retry 2 --connect-timeout "$timeout" ${insecure:+-k} -K - -o "$1"
  elif [ -n "$curl_only" ]; then
    echo 'there is no curl on this host; wget would show credentials and headers to others' >&2
    return 1
  elif command -v wget >/dev/null 2>&1; then
    wget -q -T "$timeout" ${insecure:+--no-check-certificate} -O "$1" "$url" </dev/null
  else
    echo 'there is neither curl nor wget on this host' >&2
    return 1
  fi
}
if [ -f "$dest" ] && [ -z "${download-yes}" ]; then
  kk_apply "$dest" f || return 1
  kk_report "$dest" file
  return 0
fi
source=$(umask 077 && mktemp) || return 1
if ! kk_fetch "$source"; then
  rm -f "$source"
  printf 'cannot download %s\n' "$url" >&2
  return 1
fi
if [ -n "$algorithm" ]; then
  have=$("${algorithm}sum" <"$source")
  if [ "${have%% *}" != "$expected" ]; then
    rm -f "$source"
    printf '%s has the %s checksum %s, not %s\n' "$url" "$algorithm" "${have%% *}" "$expected" >&2
    return 1
  fi
fi
kk_content() { cat <"$source"; }
kk_write_look
case $? in
  0) echo same=yes; status=0 ;;
  1) kk_write_change; status=$? ;;
  *) status=1 ;;
esac
rm -f "$source"
return $status
