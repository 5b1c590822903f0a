mkdir -p "$path" && cp -R -p "$source/." "$path/" || return 1
(
  cd "$source" || exit 1
  find . | while read -r relative; do
    if [ -d "$relative" ]; then
      if [ -n "$directory_mode" ]; then chmod "$directory_mode" "$path/$relative" || exit 1; fi
    elif [ ! -L "$relative" ]; then
      kk_apply "$path/$relative" f || exit 1
    fi
  done
)
