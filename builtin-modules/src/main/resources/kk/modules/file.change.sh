# kk_make_directories PATH: as mkdir -p, with the wanted attributes on each that is new.
kk_make_directories() {
  [ -d "$1" ] && return 0
  case $1 in
    */*) above=${1%/*} ;;
    *) above=. ;;
  esac
  if [ -n "$above" ] && [ ! -d "$above" ]; then kk_make_directories "$above" || return 1; fi
  { mkdir "$1" 2>/dev/null || [ -d "$1" ] || mkdir "$1"; } && kk_relabel "$1" && kk_apply "$1" d
}

# kk_set_time OPTION WANTED PATH: one of its times, by an option of touch.
kk_set_time() {
  case $2 in
    preserve) ;;
    now) touch -c "$1" "$3" ;;
    *) touch -c "$1" -t "$2" "$3" ;;
  esac
}

# kk_set_times PATH: both at once, if both are now, is what those may do who only may write.
kk_set_times() {
  if [ "$modified$accessed" = nownow ]; then
    touch -c "$1"
  else
    kk_set_time -m "$modified" "$1" && kk_set_time -a "$accessed" "$1"
  fi
}
case $wanted in
  absent)
    if [ "$path" = / ]; then printf 'the root directory is not for removal\n' >&2; return 1; fi
    rm -rf "$path" || return 1
    printf 'state=absent\n'
    return 0
    ;;
  file)
    kk_apply "$target" f || return 1
    ;;
  directory)
    kk_make_directories "$target" || return 1
    if [ -n "$recurse" ]; then
      if [ -n "$owner" ]; then chown -R -h "$owner" "$target" || return 1; fi
      if [ -n "$group" ]; then chown -R -h ":$group" "$target" || return 1; fi
      if [ -n "$mode" ]; then
        find "$target" ! -type l -exec chmod "$mode" {} + || return 1
      fi
      if [ -n "$kk_labelled" ] || [ "$modified$accessed" != preservepreserve ]; then
        find "$target" | while read -r inner; do
          kk_label "$inner" && kk_set_times "$inner" || exit 1
        done || return 1
      fi
    fi
    kk_apply "$target" d || return 1
    ;;
  touch)
    [ "$is" != absent ] || touch "$target" || return 1
    [ -d "$target" ] || { wanted=file; }
    kk_apply "$target" "$kind" || return 1
    ;;
  link)
    if [ -d "$path" ] && [ ! -L "$path" ]; then rmdir "$path" || return 1; fi
    ln -sfn "$src" "$path" || return 1
    kept=$mode mode=
    kk_apply "$path" f || return 1
    mode=$kept
    ;;
  hard)
    if [ "$is" = absent ]; then ln "$src" "$path" || return 1
    else ln -f "$src" "$path" || return 1
    fi
    kk_apply "$path" f || return 1
    ;;
esac
kk_set_times "$target" && kk_report "$path" "$wanted"
