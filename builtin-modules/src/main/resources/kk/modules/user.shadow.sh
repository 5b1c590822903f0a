# The password of $name, its ages, and the day the account expires, all of them kept in /etc/shadow.

# kk_shadow_look: adds what isn't as wanted to differs, and options for chage to ages.
kk_shadow_look() {
  ages=
  [ -n "$set_password$lock$set_expires$age_min$age_max$age_warn$age_idle" ] || return 0
  IFS=: read -r _ now_hash _ now_min now_max now_warn now_idle now_expires _ <<EOF
$(kk_entry shadow "$name")
EOF
  locked=
  case $now_hash in !*) locked=yes ;; esac
  # a lock is a mark before the hash, and no other hash
  bare=${now_hash#"${now_hash%%[!!]*}"}
  sum=
  if [ -n "$set_password" ] && [ -z "$keep_password" ]; then
    sum=$(printf %s "$bare" | sha256sum)
    sum=${sum%% *}
  fi
  if [ -n "$sum" ] && [ "$sum" != "$hash_sum" ]; then differs="$differs password"
  elif [ "$lock/$locked" = yes/ ]; then differs="$differs lock"
  elif [ "$lock/$locked" = no/yes ]; then differs="$differs unlock"
  fi
  if [ -n "$set_expires" ] && [ "$now_expires" != "$expires_day" ]; then differs="$differs expires"; fi
  kk_age -m "$now_min" "$age_min"
  kk_age -M "$now_max" "$age_max"
  kk_age -W "$now_warn" "$age_warn"
  kk_age -I "$now_idle" "$age_idle"
}

# kk_age OPTION NOW WANTED: an empty field is what chage calls -1.
kk_age() {
  if [ -n "$3" ] && [ "${2:--1}" != "$3" ]; then ages="$ages $1 $3"; fi
}

# kk_ages_change: makes the ages as wanted.
kk_ages_change() {
  [ -n "$ages" ] || return 0
  kk_need chage "the ages of a password" && chage $ages "$name" </dev/null
}
