# Whether the members of $archive are below $dest.
if [ -n "$creates" ] && [ -e "$creates" ]; then
  printf "why=skipped, since %s exists\n" "$creates"
  return 0
fi
if [ -n "$download" ]; then
  if ! command -v curl >/dev/null 2>&1; then
    echo 'there is no curl on this host to get the archive with' >&2
    return 2
  fi
  kk_http_begin "${TMPDIR:-/tmp}" </dev/null || return 2
  config=$request arrived=$work
  trap 'rm -rf "$arrived"' EXIT
  kk_http u
  case $curl_exit:$status in
    0:2*|0:000) archive=$work/body ;;
    *)
      printf 'cannot download %s: %s\n' "$(printf %s "$archive" | sed 's#//[^/@]*@#//#')" \
        "${curl_error:-the server answers $status}" >&2
      return 2 ;;
  esac
fi
if [ ! -r "$archive" ]; then
  printf 'there is no archive %s on this host\n' "$archive" >&2
  return 2
fi
magic=$(head -c 6 "$archive" | od -An -tx1 | tr -d ' \n')
case $magic in
  1f8b*) packed=GZIP ;;
  fd377a585a*) packed=XZ ;;
  28b52ffd*) packed=ZSTD ;;
  425a68*) packed=BZIP2 ;;
  504b0304*|504b0506*) packed=ZIP ;;
  *) packed=NONE ;;
esac
kk_unpacked() {
  case $packed in
    GZIP) gzip -dc <"$archive" ;;
    XZ) xz -dc <"$archive" ;;
    ZSTD) zstd -dcq <"$archive" ;;
    BZIP2) bzip2 -dc <"$archive" ;;
    *) cat <"$archive" ;;
  esac
}
if [ ! -d "$dest" ]; then return 1; fi
eval "set -- $options"
for pattern in $(eval "printf '%s\n' $exclude"); do set -- "$@" "--exclude=$pattern"; done
if [ -n "$include" ]; then eval "set -- \"\$@\" $include"; fi
if [ "$packed" = ZIP ]; then
  members=$(unzip -l "$archive" | sed -n 's/^ *[0-9]\{1,\}  *[0-9-]\{8,\}  *[0-9:]\{4,\}  *//p') || return 2
elif tar --version 2>/dev/null | grep -q GNU; then
  differing=$(kk_unpacked | LC_ALL=C tar -df - -C "$dest" "$@" 2>&1 \
    | grep -v -E ': (Mode|Uid|Gid) differs$' | head -n 1)
  if [ -n "$differing" ]; then return 1; fi
  members=$(kk_unpacked | tar -tf - "$@" 2>/dev/null)
else
  members=$(kk_unpacked | tar -tf -) || return 2
fi
[ -z "$list_files" ] || printf '%s\n' "$members" | sed 's/^/member=/'
case " $options" in
  *strip*|*transform*) [ "$packed" = ZIP ] || return 0 ;;
esac
missing=$(printf '%s\n' "$members" | while read -r member; do
  [ -e "$dest/$member" ] || [ -L "$dest/$member" ] || { echo yes; break; }
  [ -f "$dest/$member" ] || continue
  kk_stat "$dest/$member"
  if kk_differs f; then echo yes; break; fi
done)
[ -z "$missing" ]
