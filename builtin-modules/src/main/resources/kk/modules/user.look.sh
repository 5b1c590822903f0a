# Whether the account $name is as wanted. changes: options for usermod.
PATH=$PATH:/usr/sbin:/sbin
# kk_entry DATABASE NAME
kk_entry() {
  if command -v getent >/dev/null 2>&1; then getent "$1" "$2"
  else grep "^$2:" "/etc/$1" 2>/dev/null
  fi
}
entry=$(kk_entry passwd "$name")
if [ "$wanted" = absent ]; then
  [ -z "$entry" ]
  return
fi
if [ -z "$entry" ]; then return 1; fi
printf 'entry=%s\n' "$entry"
rest=${entry#*:*:} now_uid=${rest%%:*}
rest=${rest#*:} now_gid=${rest%%:*}
rest=${rest#*:} now_comment=${rest%%:*}
rest=${rest#*:} now_home=${rest%%:*}
now_shell=${rest#*:}
differs=
if [ -n "$uid" ] && [ "$uid" != "$now_uid" ]; then differs="$differs uid"; fi
if [ -n "$group" ] && [ "$group" != "$now_gid" ]; then
  group_entry=$(kk_entry group "$group")
  group_rest=${group_entry#*:*:}
  if [ "${group_rest%%:*}" != "$now_gid" ]; then differs="$differs group"; fi
fi
if [ -n "$set_comment" ] && [ "$comment" != "$now_comment" ]; then differs="$differs comment"; fi
if [ -n "$home" ] && [ "$home" != "$now_home" ]; then differs="$differs home"; fi
if [ -n "$login_shell" ] && [ "$login_shell" != "$now_shell" ]; then differs="$differs shell"; fi
if [ -n "$set_groups" ]; then
  if command -v getent >/dev/null 2>&1; then all=$(getent group); else all=$(cat /etc/group); fi
  members=$(printf '%s\n' "$all" | grep -E "[:,]$name(,|\$)" | cut -d: -f1 | tr '\n' ' ')
  for each in $groups; do
    case " $members" in *" $each "*) ;; *) differs="$differs groups"; break ;; esac
  done
  if [ -z "$append" ]; then
    for each in $members; do
      case " $groups " in *" $each "*) ;; *) differs="$differs groups"; break ;; esac
    done
  fi
fi
if [ -n "$hash_sum" ] && [ -z "$keep_password" ]; then
  shadow=$(kk_entry shadow "$name" | cut -d: -f2)
  shadow=$(printf %s "$shadow" | sha256sum)
  if [ "${shadow%% *}" != "$hash_sum" ]; then differs="$differs password"; fi
fi
[ -z "$differs" ]
