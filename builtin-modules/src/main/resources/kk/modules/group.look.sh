# Whether the group $name is as wanted.
PATH=$PATH:/usr/sbin:/sbin
entry=$(kk_entry group "$name")
rest=${entry#*:*:}
now_gid=${rest%%:*}
if [ "$wanted" = absent ]; then
  [ -z "$entry" ]
  return
fi
# libuser's programs don't mind two groups with one number
if [ -n "$local" ] && [ -n "$gid" ] && [ -z "$non_unique" ]; then
  taken=$(kk_entry group "$gid")
  if [ -n "$taken" ] && [ "${taken%%:*}" != "$name" ]; then
    printf 'the number %s belongs to the group %s already\n' "$gid" "${taken%%:*}" >&2
    return 2
  fi
fi
[ -n "$entry" ] || return 1
printf 'gid=%s\n' "$now_gid"
[ -z "$gid" ] || [ "$gid" = "$now_gid" ]
