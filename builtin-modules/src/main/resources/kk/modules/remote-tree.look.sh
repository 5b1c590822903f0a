# Whether every file below $source is below $path too, alike.
if [ ! -d "$source" ]; then
  printf 'there is no directory %s on this host\n' "$source" >&2
  return 2
fi
differing=$(
  cd "$source" || exit 2
  find . | while read -r relative; do
    if [ -d "$relative" ]; then
      [ -d "$path/$relative" ] || { echo yes; break; }
    elif [ -L "$relative" ]; then
      [ "$(readlink "$relative")" = "$(readlink "$path/$relative")" ] || { echo yes; break; }
    else
      cmp -s "$relative" "$path/$relative" || { echo yes; break; }
      kk_stat "$path/$relative"
      if kk_differs f; then echo yes; break; fi
    fi
  done
)
[ -z "$differing" ]
