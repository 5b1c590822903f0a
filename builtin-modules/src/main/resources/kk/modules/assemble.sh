# Sends the files in the directory $src, each as a line with its name and its content in base64.
if [ ! -e "$src" ]; then
  printf 'Source (%s) does not exist\n' "$src" >&2
  exit 1
fi
if [ ! -d "$src" ]; then
  printf 'Source (%s) is not a directory\n' "$src" >&2
  exit 1
fi
for file in "$src"/* "$src"/.*; do
  if [ -f "$file" ]; then
    printf 'part=%s ' "$(printf %s "${file##*/}" | base64 | tr -d '\n')"
    base64 <"$file" | tr -d '\n' || exit 1
    echo
  fi
done
