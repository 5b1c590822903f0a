# Whether what $url has is at $path already, as far as that can be told without asking.
dest=$path into=
case $path in
  */) into=$path ;;
  *) if [ -d "$path" ]; then into=$path/; fi ;;
esac
if [ -n "$into" ]; then dest=$into$name; fi
printf 'dest=%s\n' "$dest"
if [ ! -f "$dest" ]; then return 1; fi
kk_stat "$dest"
# in check mode nobody is asked, and a file that is there counts as the one that is wanted
download=yes
if [ -n "$expected" ]; then
  kk_sum "$dest" || return 2
  if [ "$have" = "$expected" ] && [ -z "$always$into" ]; then download=; fi
elif [ -n "$checking" ] && [ -z "$always" ]; then
  download=
fi
if [ -n "$download" ] || kk_differs f; then return 1; fi
echo 'msg=file already exists'
kk_tell file
