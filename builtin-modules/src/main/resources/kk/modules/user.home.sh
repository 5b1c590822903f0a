# kk_home_make: the home directory of the account, if there is none.
kk_home_make() {
  [ -n "$create_home" ] && [ ! -e "$now_home" ] || return 0
  home_mode=
  if [ -n "$umask" ]; then home_mode=$((0777 & ~0$umask))
  elif [ -r /etc/login.defs ]; then
    while read -r key value _; do
      case $key in
        HOME_MODE) home_mode=$((0$value)); break ;;
        UMASK) home_mode=$((0777 & ~0$value)) ;;
      esac
    done </etc/login.defs
  fi
  mkdir -p "${now_home%/*}/" && (umask 077 && mkdir "$now_home") || return 1
  skeleton=${skeleton:-/etc/skel}
  [ ! -d "$skeleton" ] || cp -R -P "$skeleton/." "$now_home/" || return 1
  chmod "$(printf %o "${home_mode:-493}")" "$now_home" &&
    chown -R -h "$now_uid:$now_gid" "$now_home" && kk_relabel -R "$now_home"
}
