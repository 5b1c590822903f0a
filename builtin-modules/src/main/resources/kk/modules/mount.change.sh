kk_remount() {
  mount -o "remount${opts:+,$opts}" "$path" && return
  # some file systems take other options only from the start
  [ "$wanted" = mounted ] || return 1
  umount "$path" && mount -t "$fstype" ${opts:+-o "$opts"} "$src" "$path"
}
case $wanted in
  unmounted) umount "$path" ;;
  absent)
    if [ -n "$mounted" ]; then umount "$path" || return 1; fi
    [ ! -e "$path" ] || rmdir "$path"
    ;;
  remounted) kk_remount ;;
  *)
    if [ -n "$mounted" ]; then
      kk_remount
    else
      made=
      if [ ! -e "$path" ]; then
        mkdir -p "$path" || return 1
        made=yes
      fi
      mount -t "$fstype" ${opts:+-o "$opts"} "$src" "$path" && return
      [ -z "$made" ] || rmdir "$path"
      return 1
    fi
    ;;
esac
