# Whether the file $path has the wanted content and attributes.
#   sum      the SHA-256 it has to have; empty for a large file: what it has is told then
#   size     in bytes; empty when unknown
#   source   a file on the host that has the content; empty when kk_content has it
kk_write_locate
printf 'dest=%s\n' "$path"
if [ -d "$dest" ]; then
  printf '%s is a directory\n' "$dest" >&2
  return 2
fi
if [ -n "$source" ]; then
  if [ ! -r "$source" ]; then
    printf 'there is no file %s to read on this host\n' "$source" >&2
    return 2
  fi
  sum=$(sha256sum <"$source") || return 2
  sum=${sum%% *}
fi
content= old_mode= old_ids=
if [ ! -e "$dest" ] && [ ! -L "$dest" ]; then
  content=missing
elif [ -z "$force" ]; then
  kk_report "$dest" file
  return 0
elif [ -L "$dest" ]; then
  content=differs
else
  kk_stat "$dest" || return 2
  if [ -f "$dest" ]; then old_mode=$now_mode old_ids=$now_uid:$now_gid; fi
  if [ -n "$size" ] && [ "$now_size" != "$size" ]; then
    content=differs
  elif [ -n "$sum" ]; then
    have=$(sha256sum <"$dest") || return 2
    [ "${have%% *}" = "$sum" ] || content=differs
  else
    kk_write_digest "$dest" || return 2
    printf 'sum=%s\n' "$have"
  fi
fi
[ -z "$content" ] || printf 'content=%s\n' "$content"
if [ -z "$sum" ]; then
  kk_write_found() { printf 'arrived=%s %s\n' "$ending" "$(stat -c %s "$part")"; }
  kk_write_uploads kk_write_found
fi
if [ -n "$diff" ] && { [ -n "$content" ] || [ -z "$sum" ]; }; then
  [ ! -f "$dest" ] || printf 'before=%s\n' "$(head -c "$diff" <"$dest" | base64 | tr -d '\n')"
  [ -z "$source" ] || printf 'after=%s\n' "$(head -c "$diff" <"$source" | base64 | tr -d '\n')"
fi
if [ -n "$content" ] || kk_differs f; then return 1; fi
kk_tell file
