if [ "$wanted" = absent ]; then
  if command -v groupdel >/dev/null 2>&1; then groupdel "$name"; else delgroup "$name"; fi
  return
fi
if [ -n "$entry" ]; then
  groupmod -g "$gid" ${non_unique:+-o} "$name" || return 1
elif command -v groupadd >/dev/null 2>&1; then
  groupadd ${gid:+-g "$gid"} ${non_unique:+-o} ${system:+-r} "$name" || return 1
else
  addgroup ${gid:+-g "$gid"} ${system:+-S} "$name" || return 1
fi
entry=$(kk_group)
rest=${entry#*:*:}
printf 'gid=%s\n' "${rest%%:*}"
