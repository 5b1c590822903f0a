# Whether something is mounted at $path as $wanted says.
place=$(readlink -f "$path" 2>/dev/null) || place=$path
# as the kernel writes blanks in its table
listed=$(printf %s "$place" | sed 's/\\/\\134/g; s/ /\\040/g')
mounted=
now_src=
while read -r kernel_src kernel_path rest; do
  if [ "$kernel_path" = "$listed" ]; then mounted=yes now_src=$kernel_src; fi
done </proc/self/mounts
case $wanted in
  mounted) [ -n "$mounted" ] && [ -z "$entry_differs" ] ;;
  unmounted) [ -z "$mounted" ] ;;
  absent) [ -z "$mounted" ] && { [ -z "$entry_differs" ] || [ ! -e "$path" ]; } ;;
  remounted)
    if [ -z "$mounted" ]; then
      printf 'nothing is mounted at %s\n' "$path" >&2
      return 2
    fi
    return 1
    ;;
  ephemeral)
    if [ -n "$mounted" ] && [ "$now_src" != "$src" ]; then
      printf '%s is mounted at %s; unmount it first\n' "$now_src" "$path" >&2
      return 2
    fi
    return 1
    ;;
esac
