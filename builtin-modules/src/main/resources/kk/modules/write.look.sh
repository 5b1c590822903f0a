# Whether the file $path has the SHA-256 $sum and the wanted attributes.
#   name     appended when $path is a directory
#   source   a file on the host that has the content; empty when it comes from standard input
case $path in /*|./*) ;; *) path=./$path ;; esac
make_parent=
if [ -n "$name" ]; then
  case $path in
    */) path=${path%/}/$name make_parent=yes ;;
    *) if [ -d "$path" ]; then path=$path/$name; fi ;;
  esac
fi
dest=$path
if [ -n "$follow" ] && [ -L "$path" ]; then
  dest=$(readlink -f "$path") || dest=$path
fi
printf 'dest=%s\n' "$path"
parent=${dest%/*}
[ -n "$parent" ] || parent=/
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
content=
if [ ! -e "$dest" ] && [ ! -L "$dest" ]; then
  content=missing
elif [ -z "$force" ]; then
  kk_report "$dest" file
  return 0
elif [ -L "$dest" ]; then
  content=differs
else
  kk_stat "$dest" || return 2
  have=$(sha256sum <"$dest") || return 2
  [ "${have%% *}" = "$sum" ] || content=differs
fi
printf 'content=%s\n' "$content"
if [ -n "$diff" ] && [ -n "$content" ]; then
  [ ! -f "$dest" ] || printf 'before=%s\n' "$(head -c "$diff" <"$dest" | base64 | tr -d '\n')"
  [ -z "$source" ] || printf 'after=%s\n' "$(head -c "$diff" <"$source" | base64 | tr -d '\n')"
fi
if [ -n "$content" ] || kk_differs f; then return 1; fi
kk_tell file
