# Whether the running kernel has $value for $name; a file to $load is never as wanted.
PATH=$PATH:/usr/sbin:/sbin
differs=
if [ -n "$set" ]; then
  now=$(sysctl -n "$name" 2>/dev/null | tr -s ' \t' '  ')
  [ "$now" = "$value" ] || differs=yes
fi
[ -z "$load$differs" ]
