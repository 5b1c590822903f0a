# Facts about the host, one NAME=VALUE a line; what can't be found out is left out. Lines that start
# with @ are rows of a table.
# The environment comes first, as it is before this script changes it.
env | LC_ALL=C sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*=\)/@env \1/p'
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
kk_fact() { [ -z "$2" ] || printf '%s=%s\n' "$1" "$2"; }
# kk_read FILE: sets line to its first line, in this shell, as starting a program takes longer.
kk_read() {
  line=
  [ -r "$1" ] && { IFS= read -r line <"$1" || [ -n "$line" ]; } 2>/dev/null
}
# kk_line FACT FILE: the first line of a file.
kk_line() { if kk_read "$2"; then kk_fact "$1" "$line"; fi; }

# shellcheck disable=SC2046
set -- $(uname -s -n -r -m)
kk_fact system "$1"
kk_fact nodename "$2"
kk_fact kernel "$3"
kk_fact machine "$4"
kk_fact kernel_version "$(uname -v)"
node=$2
kk_fact hostname "${node%%.*}"
fqdn=$(hostname -f 2>/dev/null) || fqdn=$node
kk_fact fqdn "${fqdn:-$node}"

if [ -r /etc/os-release ]; then release=/etc/os-release; else release=/usr/lib/os-release; fi
if [ -r "$release" ]; then
  (
    # shellcheck disable=SC1090
    . "$release"
    kk_fact os_id "$ID"
    kk_fact os_like "$ID_LIKE"
    kk_fact os_name "$NAME"
    kk_fact os_version "$VERSION_ID"
    kk_fact os_codename "$VERSION_CODENAME"
    kk_fact os_pretty_name "$PRETTY_NAME"
    kk_fact os_file "$release"
  )
fi
kk_line debian_version /etc/debian_version
kk_line redhat_release /etc/redhat-release
kk_line machine_id /etc/machine-id
[ ! -r /etc/lsb-release ] || sed -n 's/^DISTRIB_\([A-Z]*\)="\{0,1\}\([^"]*\)"\{0,1\}$/@lsb \1=\2/p' /etc/lsb-release
if command -v lsb_release >/dev/null 2>&1; then kk_fact has_lsb yes; fi
kk_fact userspace_bits "$(getconf LONG_BIT 2>/dev/null)"
for tool in /usr/bin/python3 python3 python /usr/libexec/platform-python; do
  if tool=$(command -v $tool); then
    kk_fact python "$tool $("$tool" --version 2>&1)"
    break
  fi
done

user=$(id -un) && kk_fact user_id "$user"
kk_fact user_uid "$(id -u)"
kk_fact user_gid "$(id -g)"
entry=$(getent passwd "$user" 2>/dev/null) || entry=$(grep "^$user:" /etc/passwd 2>/dev/null)
kk_fact user_entry "$entry"

kk_read /proc/1/comm
init=$line
kk_fact init "$init"
case $init in
  systemd) kk_fact service_mgr systemd ;;
  runit*) kk_fact service_mgr runit ;;
  *)
    if [ -d /run/systemd/system ]; then kk_fact service_mgr systemd
    elif command -v rc-service >/dev/null 2>&1; then kk_fact service_mgr openrc
    elif [ -d /etc/init.d ]; then kk_fact service_mgr sysvinit
    else kk_fact service_mgr "$init"
    fi ;;
esac
for tool in apt-get:apt dnf:dnf yum:yum zypper:zypper apk:apk pacman:pacman; do
  if command -v "${tool%%:*}" >/dev/null 2>&1; then kk_fact pkg_mgr "${tool#*:}"; break; fi
done

now=$(date +'%s %Y-%m-%d %H:%M:%S %z %Z %A %j %V %w %W %N')
kk_fact date "$now"
kk_fact date_utc "$(date -u +'%Y-%m-%dT%H:%M:%S')"
if [ -r /proc/uptime ]; then read -r up rest </proc/uptime; kk_fact uptime_seconds "${up%%.*}"; fi
kk_line loadavg /proc/loadavg

if [ -e /sys/fs/selinux/enforce ]; then
  kk_line selinux_enforce /sys/fs/selinux/enforce
  kk_fact selinux_type "$(sed -n 's/^SELINUXTYPE=//p' /etc/selinux/config 2>/dev/null)"
  kk_fact selinux_config "$(sed -n 's/^SELINUX=//p' /etc/selinux/config 2>/dev/null)"
fi
[ ! -d /sys/kernel/security/apparmor ] || kk_fact apparmor enabled
kk_line fips /proc/sys/crypto/fips_enabled
if command -v capsh >/dev/null 2>&1; then capsh --print 2>/dev/null | sed -n 's/^Current: */capabilities=/p'; fi
for key in dsa ecdsa ed25519 rsa; do
  for folder in /etc/ssh /etc/openssh /etc; do
    if kk_read "$folder/ssh_host_${key}_key.pub"; then kk_fact "ssh_host_key_$key" "$line"; break; fi
  done
done
if [ -n "$debian_chroot" ]; then kk_fact is_chroot yes
elif [ -e /proc/1/root/. ]; then
  # shellcheck disable=SC3013 # dash, busybox and bash know it
  if [ / -ef /proc/1/root/. ]; then kk_fact is_chroot no; else kk_fact is_chroot yes; fi
else
  # whoever may not look there sees by the number of the root's inode whether it is a file system's own
  case $(stat -f -c %T /):$(stat -c %i /) in
    btrfs:256|xfs:128|ext*:2) kk_fact is_chroot no ;;
    btrfs:*|xfs:*|ext*:*) kk_fact is_chroot yes ;;
  esac
fi
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then kk_fact cgroup_version 2
elif [ -d /sys/fs/cgroup ]; then kk_fact cgroup_version 1
fi
virtual=none
if command -v systemd-detect-virt >/dev/null 2>&1; then
  virtual=$(systemd-detect-virt 2>/dev/null)
elif [ -f /.dockerenv ]; then virtual=docker
elif grep -q '^flags.* hypervisor' /proc/cpuinfo 2>/dev/null; then
  kk_read /sys/class/dmi/id/sys_vendor
  virtual=$line
fi
kk_fact virtualization "$virtual"
[ ! -d /sys/module/kvm ] || kk_fact kvm_host yes
for word in $(cat /proc/cmdline 2>/dev/null); do printf '@cmdline %s\n' "$word"; done
