# The password hash is on standard input as NAME:HASH.
kk_list() { echo "$groups" | tr ' ' ','; }
kk_password() {
  [ -n "$hash_sum" ] || return 0
  chpasswd -e
}
if [ "$wanted" = absent ]; then
  if command -v userdel >/dev/null 2>&1; then
    userdel ${remove:+-r} ${force:+-f} "$name" </dev/null
  else
    deluser ${remove:+--remove-home} "$name" </dev/null
  fi
  return
fi
if [ -z "$entry" ]; then
  if command -v useradd >/dev/null 2>&1; then
    set --
    if [ -n "$uid" ]; then set -- "$@" -u "$uid"; fi
    if [ -n "$non_unique" ]; then set -- "$@" -o; fi
    if [ -n "$group" ]; then set -- "$@" -g "$group"
    elif [ -n "$(kk_entry group "$name")" ]; then set -- "$@" -g "$name"
    fi
    if [ -n "$groups" ]; then set -- "$@" -G "$(kk_list)"; fi
    if [ -n "$set_comment" ]; then set -- "$@" -c "$comment"; fi
    if [ -n "$home" ]; then set -- "$@" -d "$home"; fi
    if [ -n "$login_shell" ]; then set -- "$@" -s "$login_shell"; fi
    if [ -n "$system" ]; then set -- "$@" -r; fi
    if [ -n "$create_home" ]; then set -- "$@" -m; else set -- "$@" -M; fi
    useradd "$@" "$name" </dev/null || return 1
  else
    set -- -D
    if [ -n "$uid" ]; then set -- "$@" -u "$uid"; fi
    if [ -n "$group" ]; then set -- "$@" -G "$group"; fi
    if [ -n "$set_comment" ]; then set -- "$@" -g "$comment"; fi
    if [ -n "$home" ]; then set -- "$@" -h "$home"; fi
    if [ -n "$login_shell" ]; then set -- "$@" -s "$login_shell"; fi
    if [ -n "$system" ]; then set -- "$@" -S; fi
    if [ -z "$create_home" ]; then set -- "$@" -H; fi
    adduser "$@" "$name" </dev/null || return 1
    for each in $groups; do addgroup "$name" "$each" </dev/null || return 1; done
  fi
  kk_password || return 1
else
  set --
  for each in $differs; do
    case $each in
      uid) set -- "$@" -u "$uid" ${non_unique:+-o} ;;
      group) set -- "$@" -g "$group" ;;
      comment) set -- "$@" -c "$comment" ;;
      home) set -- "$@" -d "$home" ;;
      shell) set -- "$@" -s "$login_shell" ;;
    esac
  done
  case $differs in
    *groups*) set -- "$@" ${append:+-a} -G "$(kk_list)" ;;
  esac
  if [ $# -gt 0 ]; then
    if ! command -v usermod >/dev/null 2>&1; then
      printf 'there is no usermod on this host to change the account %s\n' "$name" >&2
      return 1
    fi
    usermod "$@" "$name" </dev/null || return 1
  fi
  case $differs in
    *password*) kk_password || return 1 ;;
  esac
fi
printf 'entry=%s\n' "$(kk_entry passwd "$name")"
