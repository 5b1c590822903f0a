# Unpacks what kk_archive gives, packed as $packed, to $dest.
if [ ! -d "$dest" ]; then
  printf 'there is no directory %s to unpack to\n' "$dest" >&2
  return 1
fi
work=$(umask 077 && mktemp -d) || return 1
kk_tar() {
  eval "set -- $options"
  if [ -n "$keep_newer" ]; then set -- "$@" --keep-newer-files; fi
  eval "for pattern in $exclude; do printf '%s\n' \"\$pattern\"; done" >"$work/exclude"
  if [ -s "$work/exclude" ]; then set -- "$@" -X "$work/exclude"; fi
  if [ -n "$include" ]; then eval "set -- \"\$@\" $include"; fi
  # -v writes the members' names to where their attributes are set from
  tar -xvf - -C "$dest" "$@" >"$work/members"
}
kk_need() {
  command -v "$1" >/dev/null 2>&1 && return 0
  printf 'there is no %s on this host to unpack this archive with\n' "$1" >&2
  return 1
}
# shellcheck disable=SC2120 # it sets them itself
kk_unpack() {
  case $packed in
    GZIP) kk_archive | gzip -dc | kk_tar ;;
    XZ) kk_need xz && kk_archive | xz -dc | kk_tar ;;
    ZSTD) kk_need zstd && kk_archive | zstd -dcq | kk_tar ;;
    BZIP2) kk_need bzip2 && kk_archive | bzip2 -dc | kk_tar ;;
    ZIP)
      kk_need unzip && kk_archive >"$work/archive.zip" || return 1
      eval "set -- $options"
      eval "set -- \"\$@\" \"$work/archive.zip\" $include"
      if [ -n "$exclude" ]; then eval "set -- \"\$@\" -x $exclude"; fi
      unzip -o -q "$@" -d "$dest" >&2 || return 1
      unzip -l "$work/archive.zip" \
        | sed -n 's/^ *[0-9]\{1,\}  *[0-9-]\{8,\}  *[0-9:]\{4,\}  *//p' >"$work/members"
      ;;
    *) kk_archive | kk_tar ;;
  esac
}
# kk_paths: what was unpacked, where it is now, a line each.
kk_paths() {
  strip=0
  case " $options" in
    *--strip-components=*) strip=${options#*--strip-components=} strip=${strip%%[!0-9]*} ;;
  esac
  while read -r member; do
    left=$strip member=${member#./}
    while [ "$left" -gt 0 ]; do
      case $member in */*) member=${member#*/} ;; *) member= ;; esac
      left=$((left - 1))
    done
    member=${member%/}
    [ -z "$member" ] || [ ! -e "$dest/$member" ] || printf '%s\n' "$dest/$member"
  done <"$work/members"
}
kk_own() {
  [ -n "$mode$owner$group$kk_labelled" ] || return 0
  while read -r path; do
    if [ -d "$path" ]; then
      kept=$mode mode=
      kk_apply "$path" d || return 1
      mode=$kept
    else
      kk_apply "$path" f || return 1
    fi
  done <"$work/paths"
}
kk_unpack && kk_paths >"$work/paths" && kk_relabel -f "$work/paths" && kk_own
status=$?
rm -rf "$work"
return $status
