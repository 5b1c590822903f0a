if [ -d /run/systemd/system ] && hostnamectl set-hostname "$name" 2>/dev/null; then return; fi
# a file of its own can't be renamed over where it is a mount point, as in containers
printf '%s\n' "$name" >/etc/hostname.kk || return 1
mv -f /etc/hostname.kk /etc/hostname 2>/dev/null || {
  cat /etc/hostname.kk >/etc/hostname && rm -f /etc/hostname.kk
} || return 1
if command -v hostname >/dev/null 2>&1; then hostname "$name"
else printf '%s' "$name" >/proc/sys/kernel/hostname
fi
