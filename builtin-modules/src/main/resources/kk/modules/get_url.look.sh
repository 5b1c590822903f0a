# Whether what $url has is at $path already, as far as that can be told without asking.
dest=$path
case $path in
  */) dest=$path$name ;;
  *) if [ -d "$path" ]; then dest=$path/$name; fi ;;
esac
printf 'dest=%s\n' "$dest"
if [ ! -f "$dest" ]; then return 1; fi
download=yes
if [ -n "$algorithm" ]; then
  have=$("${algorithm}sum" <"$dest") || return 2
  if [ "${have%% *}" = "$expected" ]; then download=; fi
elif [ -z "$always" ]; then
  download=
fi
if [ -n "$download" ]; then return 1; fi
kk_stat "$dest"
if kk_differs f; then return 1; fi
kk_tell file
