# Whether the account $name is as wanted. differs: what isn't.
PATH=$PATH:/usr/sbin:/sbin
differs= ages= makes_key=
entry=$(kk_entry passwd "$name")
if [ "$wanted" = absent ]; then
  [ -z "$entry" ]
  return
fi
kk_user_groups || return 2
[ -n "$entry" ] || return 1
printf 'was=present\nentry=%s\n' "$entry"
kk_user_read
if [ -n "$uid" ] && [ "$uid" != "$now_uid" ]; then differs="$differs uid"; fi
if [ -n "$group" ] && [ "$wanted_gid" != "$now_gid" ]; then differs="$differs group"; fi
if [ -n "$set_comment" ] && [ "$comment" != "$now_comment" ]; then differs="$differs comment"; fi
if [ -n "$home" ] && [ "$home" != "$now_home" ]; then differs="$differs home"; fi
if [ -n "$login_shell" ] && [ "$login_shell" != "$now_shell" ]; then differs="$differs shell"; fi
if [ -n "$set_groups" ]; then
  kk_beyond "$wanted_groups" "$now_groups"
  joins=$beyond leaves=
  if [ -z "$append" ]; then
    kk_beyond "$now_groups" "$wanted_groups"
    leaves=$beyond
  fi
  [ -z "$joins$leaves" ] || differs="$differs groups"
fi
if [ -n "$create_home" ] && [ ! -e "${home:-$now_home}" ]; then differs="$differs folder"; fi
kk_shadow_look
kk_key_look "${home:-$now_home}" || return 2
[ -z "$differs$ages$makes_key" ]
