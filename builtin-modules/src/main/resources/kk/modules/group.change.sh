# Makes the group as wanted, by the programs of shadow, of libuser with $local, or of busybox.
kk_group_make() {
  with=
  if [ -n "$local" ]; then
    with=l
    kk_need lgroupadd 'local groups' || return 1
  fi
  if [ "$wanted" = absent ]; then
    if [ -n "$local" ]; then lgroupdel "$name"
    elif command -v groupdel >/dev/null 2>&1; then groupdel ${force:+-f} "$name"
    else delgroup "$name"
    fi
  elif [ -n "$entry" ]; then
    "${with}groupmod" -g "$gid" ${non_unique:+-o} "$name"
  elif [ -n "$local" ] || command -v groupadd >/dev/null 2>&1; then
    "${with}groupadd" ${gid:+-g "$gid"} ${non_unique:+-o} ${system:+-r} \
      ${gid_min:+-K "GID_MIN=$gid_min"} ${gid_max:+-K "GID_MAX=$gid_max"} "$name"
  else
    addgroup ${gid:+-g "$gid"} ${system:+-S} "$name"
  fi
}
kk_group_make || return 1
[ "$wanted" = present ] || return 0
entry=$(kk_entry group "$name")
rest=${entry#*:*:}
printf 'gid=%s\n' "${rest%%:*}"
