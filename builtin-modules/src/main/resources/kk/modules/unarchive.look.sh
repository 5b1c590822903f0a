# Whether the members that standard input lists (KIND SIZE TIME NAME) are below $dest.
kk_check() {
  while read -r kind size time member; do
    if [ "$kind" = unknown ]; then return 1; fi
    file=$dest/$member
    case $kind in
      d) [ -d "$file" ] || return 1 ;;
      l) [ -L "$file" ] || return 1 ;;
      *)
        found=$(stat -c '%s %Y' "$file" 2>/dev/null) || return 1
        [ "$size" = -1 ] || [ "${found% *}" = "$size" ] || return 1
        if [ -n "$keep_newer" ]; then
          [ "${found#* }" -ge "$time" ] || return 1
        else
          [ "$time" = -1 ] || [ "${found#* }" = "$time" ] || return 1
        fi
        if [ -n "$mode$owner$group$kk_labelled" ] && kk_stat "$file" && kk_differs f; then return 1; fi ;;
    esac
  done
}
if [ -n "$creates" ] && [ -e "$creates" ]; then
  printf "why=skipped, since %s exists\n" "$creates"
  exit 0
fi
if [ ! -d "$dest" ]; then
  # in check mode an earlier task may only have said that it would make it
  exit 1
fi
if kk_check; then exit 0; fi
exit 1
