PATH=$PATH:/usr/sbin:/sbin
kk_group() {
  if command -v getent >/dev/null 2>&1; then getent group "$name"
  else grep "^$name:" /etc/group
  fi
}
entry=$(kk_group)
rest=${entry#*:*:}
now_gid=${rest%%:*}
if [ "$wanted" = absent ]; then
  [ -z "$entry" ]
  return
fi
[ -n "$entry" ] || return 1
printf 'gid=%s\n' "$now_gid"
[ -z "$gid" ] || [ "$gid" = "$now_gid" ]
