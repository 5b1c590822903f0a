# What is known of the account $name.

# kk_user_read: takes the line $entry apart.
kk_user_read() {
  rest=${entry#*:*:} now_uid=${rest%%:*}
  rest=${rest#*:} now_gid=${rest%%:*}
  rest=${rest#*:} now_comment=${rest%%:*}
  rest=${rest#*:} now_home=${rest%%:*}
  now_shell=${rest#*:}
}

# kk_need_group NAME: sets found to its name and found_gid, or says that there is none.
kk_need_group() {
  found=$(kk_entry group "$1")
  if [ -z "$found" ]; then
    printf 'Group %s does not exist\n' "$1" >&2
    return 1
  fi
  rest=${found#*:*:} found_gid=${rest%%:*} found=${found%%:*}
}

# kk_user_groups: sets wanted_gid, wanted_groups and now_groups, with commas around each name.
kk_user_groups() {
  if [ -n "$group" ]; then
    kk_need_group "$group" || return 1
    wanted_gid=$found_gid
  fi
  [ -n "$set_groups" ] || return 0
  wanted_groups=, now_groups=, more=$groups,
  while [ -n "${more#,}" ]; do
    kk_need_group "${more%%,*}" || return 1
    wanted_groups=$wanted_groups$found, more=${more#*,}
  done
  if [ -z "$local" ] && command -v getent >/dev/null 2>&1; then all=$(getent group); else all=$(cat /etc/group); fi
  while IFS=: read -r each _ _ members; do
    case ,$members, in *,"$name",*) now_groups=$now_groups$each, ;; esac
  done <<EOF
$all
EOF
}

# kk_beyond LIST OTHER: sets beyond to what is in the one list but not in the other.
kk_beyond() {
  more=${1#,} beyond=
  while [ -n "$more" ]; do
    case $2 in *",${more%%,*},"*) ;; *) beyond=$beyond${more%%,*}, ;; esac
    more=${more#*,}
  done
}
