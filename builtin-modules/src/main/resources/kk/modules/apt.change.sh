simulate=
if [ -n "$apt_clean" ]; then apt-get clean || return 1; fi
if [ -n "$kk_stale" ]; then kk_apt_update || return 1; fi
case $apt_policy:$kk_step in
  :*|*:none|*:satisfied) kk_apt_do && kk_answer; return ;;
esac
# Packages ask it whether they may start services. What was there comes back, whatever happens.
kk_policy=/usr/sbin/policy-rc.d
(
  kk_kept=$(mktemp -d) || exit 1
  if [ -e $kk_policy ] && ! mv $kk_policy "$kk_kept/was"; then exit 1; fi
  trap 'rm -f $kk_policy; [ ! -e "$kk_kept/was" ] || mv "$kk_kept/was" $kk_policy; rmdir "$kk_kept"' EXIT
  trap 'exit 1' HUP INT TERM
  printf '#!/bin/sh\nexit %s\n' "$apt_policy" >$kk_policy
  chmod 755 $kk_policy
  kk_apt_do && kk_answer
)
