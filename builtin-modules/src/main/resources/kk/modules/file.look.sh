# Whether $path is what $wanted says.
case $path in
  */) path=${path%"${path##*[!/]}"} ;;
esac
[ -n "$path" ] || path=/
# is: what is there now
if [ -L "$path" ]; then is=link
elif [ -d "$path" ]; then is=directory
elif [ -e "$path" ]; then is=file
else is=absent
fi
printf 'was=%s\n' "$is"
if [ "$wanted" = file ] && [ -z "$explicit" ] && [ "$is" = directory ]; then wanted=directory; fi
target=$path
if [ "$is" = link ] && [ -n "$follow" ]; then
  case $wanted in
    file|directory|touch)
      target=$(readlink -f "$path") || target=$path
      if [ -d "$target" ]; then is=directory
      elif [ -e "$target" ]; then is=file
      else is=absent
      fi
      if [ "$wanted" = file ] && [ -z "$explicit" ] && [ "$is" = directory ]; then wanted=directory; fi
      ;;
  esac
fi
kind=f
if [ "$wanted" = directory ]; then kind=d; fi
[ "$is" = absent ] || kk_report "$target" "$is" # which also sees what kk_differs compares below

# kk_time_differs WANTED SECONDS: whether a time, as seconds after 1970, is another one. Nothing is as
# new as now.
kk_time_differs() {
  case $1 in
    preserve) return 1 ;;
    now) return 0 ;;
  esac
  [ "$(date -d "@$2" +%Y%m%d%H%M.%S)" != "$1" ]
}

# kk_times_differ PATH: whether it has to get other times.
kk_times_differ() {
  [ "$modified$accessed" != preservepreserve ] && times=$(stat -L -c '%Y %X' "$1" 2>/dev/null) || return 1
  kk_time_differs "$modified" "${times% *}" || kk_time_differs "$accessed" "${times#* }"
}

# kk_unlike KIND: whether what kk_stat saw isn't as wanted, in times too.
kk_unlike() { kk_differs "$1" || kk_times_differ "$now_path"; }

# kk_inside: says something when anything inside $target has other attributes than wanted.
kk_inside() {
  if [ -n "$kk_labelled" ] || [ "$modified$accessed" != preservepreserve ]; then
    find "$target" | while read -r inner; do
      if kk_times_differ "$inner" || { [ -n "$kk_labelled" ] && kk_labels_differ "$inner"; }; then
        echo "$inner"
        break
      fi
    done
  fi
  if [ -n "$owner" ]; then find "$target" ! -user "$owner" 2>/dev/null | head -n 1; fi
  if [ -n "$group" ]; then find "$target" ! -group "$group" 2>/dev/null | head -n 1; fi
  [ -n "$mode" ] || return 0
  find "$target" ! -type l -exec stat -c '%a %F' {} + | sort -u | while read -r has what; do
    inside=f
    if [ "$what" = directory ]; then inside=d; fi
    kk_mode "$has" "$inside" "$mode"
    [ "$wanted_mode" = "$has" ] || echo "$has"
  done
}

case $wanted in
  absent)
    [ "$is" = absent ] ;;
  file)
    case $is in
      absent) printf 'there is no %s on this host\n' "$path" >&2; return 2 ;;
      directory) printf '%s is a directory\n' "$path" >&2; return 2 ;;
    esac
    if kk_unlike f; then return 1; fi
    ;;
  directory)
    case $is in
      absent) return 1 ;;
      directory) ;;
      *) printf '%s is there already, but it is no directory\n' "$path" >&2; return 2 ;;
    esac
    if kk_unlike d; then return 1; fi
    if [ -n "$recurse" ] && [ -n "$(kk_inside)" ]; then return 1; fi
    ;;
  touch)
    if [ "$is" = absent ]; then return 1; fi
    if [ "$is" = directory ]; then kind=d; fi
    if kk_unlike "$kind"; then return 1; fi
    ;;
  link)
    if [ -z "$src" ]; then
      [ "$is" = link ] || { printf 'a link needs src, what it points to\n' >&2; return 2; }
      src=$(readlink "$path")
    fi
    if [ "$is" = directory ] && [ -z "$force" ]; then
      if [ -n "$(ls -A "$path")" ]; then
        printf '%s is a directory with files in it; force: true replaces it when it is empty\n' "$path" >&2
        return 2
      fi
    elif [ "$is" = file ] && [ -z "$force" ]; then
      printf '%s is a file; force: true replaces it by a link\n' "$path" >&2
      return 2
    fi
    if [ "$is" = link ] && [ "$(readlink "$path")" = "$src" ]; then
      kk_stat "$path"
      kept=$mode mode=
      if kk_unlike f; then mode=$kept; return 1; fi
      return 0
    fi
    case $src in /*) there=$src ;; *) there=${path%/*}/$src ;; esac
    if [ ! -e "$there" ] && [ -z "$force" ]; then
      printf '%s, what the link should point to, is not there; force: true links all the same\n' "$src" >&2
      return 2
    fi
    return 1
    ;;
  hard)
    if [ ! -e "$src" ]; then
      printf '%s, what the link should point to, is not there\n' "$src" >&2
      return 2
    fi
    if [ "$is" != absent ]; then
      if [ "$(stat -c %d:%i "$path")" = "$(stat -c %d:%i "$src")" ]; then
        kk_stat "$path"
        if kk_unlike f; then return 1; fi
        return 0
      fi
      if [ -z "$force" ]; then
        printf '%s is there already; force: true replaces it\n' "$path" >&2
        return 2
      fi
    fi
    return 1
    ;;
esac
