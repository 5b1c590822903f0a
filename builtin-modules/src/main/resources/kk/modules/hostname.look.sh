# Whether the host calls itself $name, now and after its next boot.
now=$(hostname 2>/dev/null || cat /proc/sys/kernel/hostname)
later=$(sed -n '/^[^#]/{p;q;}' /etc/hostname 2>/dev/null)
before=$later
[ "$now" = "$name" ] || before=$now
printf 'before=%s\n' "$before"
if [ "$now" = "$name" ]; then
  case $name in *.*) ;; *) printf 'fqdn=%s\n' "$(hostname -f 2>/dev/null)" ;; esac
fi
[ "$now" = "$name" ] && [ "$later" = "$name" ]
