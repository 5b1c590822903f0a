# Which of the files in $table ("DIGEST RELATIVE" a line, "directory" for a digest) differ below
# $path, and which directories are missing.
missing=
kk_directory() {
  if [ ! -d "$1" ]; then
    missing="$missing$1
"
  elif kk_stat "$1" && kk_differs d; then
    missing="$missing$1
"
  fi
}
kk_directory "$path"
while read -r sum relative; do
  [ -n "$sum" ] || continue
  if [ "$sum" = directory ]; then
    kk_directory "$path/$relative"
  elif [ ! -e "$path/$relative" ]; then
    printf 'file=%s\n' "$relative"
  elif [ -n "$force" ]; then
    have=$(sha256sum <"$path/$relative")
    kk_stat "$path/$relative"
    kept_mode=$mode mode=$file_mode
    if [ "${have%% *}" != "$sum" ] || kk_differs f; then printf 'file=%s\n' "$relative"; fi
    mode=$kept_mode
  fi
done <<KK_TABLE
$table
KK_TABLE
[ -z "$missing" ]
