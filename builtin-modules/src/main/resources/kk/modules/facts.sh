# Facts about the host, one NAME=VALUE a line; what can't be found out is left out. Lines that start
# with @ are rows of a table.
# The environment comes first, as it is before this script changes it.
env | LC_ALL=C sed -n 's/^\([A-Za-z_][A-Za-z0-9_]*=\)/@env \1/p'
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
kk_fact() { [ -z "$2" ] || printf '%s=%s\n' "$1" "$2"; }
kk_file() { [ -r "$1" ] && { IFS= read -r line <"$1" || [ -n "$line" ]; } && printf '%s' "$line"; }

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
    . "$release"
    kk_fact os_id "$ID"
    kk_fact os_like "$ID_LIKE"
    kk_fact os_name "$NAME"
    kk_fact os_version "$VERSION_ID"
    kk_fact os_codename "$VERSION_CODENAME"
  )
fi
kk_fact debian_version "$(kk_file /etc/debian_version)"
kk_fact redhat_release "$(kk_file /etc/redhat-release)"
kk_fact machine_id "$(kk_file /etc/machine-id)"

if [ -r /proc/cpuinfo ]; then
  kk_fact processor_vcpus "$(grep -c '^processor' /proc/cpuinfo)"
  kk_fact processor_count "$(grep '^physical id' /proc/cpuinfo | sort -u | grep -c .)"
  kk_fact processor_cores "$(sed -n 's/^cpu cores[^0-9]*//p' /proc/cpuinfo | head -n 1)"
  kk_fact processor_model "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
fi
kk_fact processor_nproc "$(nproc 2>/dev/null)"
[ ! -r /proc/meminfo ] || sed -n 's/^\(Mem[A-Z][a-z]*\|Swap[A-Z][a-z]*\|Cached\|Buffers\): *\([0-9]*\).*/@memory \1 \2/p' /proc/meminfo

user=$(id -un) && kk_fact user_id "$user"
kk_fact user_uid "$(id -u)"
kk_fact user_gid "$(id -g)"
entry=$(getent passwd "$user" 2>/dev/null) || entry=$(grep "^$user:" /etc/passwd 2>/dev/null)
kk_fact user_entry "$entry"

init=$(kk_file /proc/1/comm)
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

now=$(date +'%s %Y-%m-%d %H:%M:%S %z %Z %A %j %V')
kk_fact date "$now"
kk_fact date_utc "$(date -u +'%Y-%m-%dT%H:%M:%S')"
if [ -r /proc/uptime ]; then read -r up rest </proc/uptime; kk_fact uptime_seconds "${up%%.*}"; fi

if [ -e /sys/fs/selinux/enforce ]; then
  kk_fact selinux_enforce "$(kk_file /sys/fs/selinux/enforce)"
  kk_fact selinux_type "$(sed -n 's/^SELINUXTYPE=//p' /etc/selinux/config 2>/dev/null)"
  kk_fact selinux_config "$(sed -n 's/^SELINUX=//p' /etc/selinux/config 2>/dev/null)"
fi
if [ -f /sys/fs/cgroup/cgroup.controllers ]; then kk_fact cgroup_version 2
elif [ -d /sys/fs/cgroup ]; then kk_fact cgroup_version 1
fi
virtual=
if command -v systemd-detect-virt >/dev/null 2>&1; then
  virtual=$(systemd-detect-virt 2>/dev/null)
elif [ -f /.dockerenv ]; then virtual=docker
elif grep -q '^flags.* hypervisor' /proc/cpuinfo 2>/dev/null; then
  virtual=$(kk_file /sys/class/dmi/id/sys_vendor)
else virtual=none
fi
kk_fact virtualization "$virtual"
kk_fact product_name "$(kk_file /sys/class/dmi/id/product_name)"
kk_fact system_vendor "$(kk_file /sys/class/dmi/id/sys_vendor)"

for path in /sys/class/net/*; do
  [ -e "$path/address" ] || continue
  up=$(kk_file "$path/operstate")
  carrier=$(cat "$path/carrier" 2>/dev/null)
  printf '@link %s %s %s %s %s\n' "${path##*/}" "$(kk_file "$path/address")" \
    "$(kk_file "$path/mtu")" "${up:-unknown}" "${carrier:-0}"
done
if command -v ip >/dev/null 2>&1; then
  ip -o addr show 2>/dev/null | sed 's/^/@address /'
  ip -4 route show default 2>/dev/null | sed 's/^/@route4 /'
  ip -6 route show default 2>/dev/null | sed 's/^/@route6 /'
elif command -v ifconfig >/dev/null 2>&1; then
  ifconfig -a 2>/dev/null | sed 's/^/@ifconfig /'
fi

[ ! -r /proc/mounts ] || while read -r device mount type options rest; do
  case $device:$type in
    /*:squashfs) continue ;;
    /*:*|*:nfs*|*:cifs|*:ceph|*:overlay|*:zfs|*:9p) ;;
    *) continue ;;
  esac
  case $mount in *\\*) mount=$(printf '%b' "$mount") ;; esac
  # a server that is away must not hold us up
  usage=$(timeout 3 stat -f -c '%S %b %a %c %d' "$mount" 2>/dev/null) || usage='0 0 0 0 0'
  printf '@mount %s\t%s\t%s\t%s\t%s\n' "$device" "$mount" "$type" "$options" "$usage"
done </proc/mounts

for word in $(cat /proc/cmdline 2>/dev/null); do printf '@cmdline %s\n' "$word"; done
for fact in "${fact_path:-/etc/ansible/facts.d}"/*.fact; do
  [ -f "$fact" ] || continue
  if [ -x "$fact" ]; then told=$("$fact" 2>&1); else told=$(cat "$fact"); fi
  status=$?
  fact=${fact##*/}
  printf '@local %s\t%s\t%s\n' "${fact%.fact}" "$status" "$(printf '%s' "$told" | base64 | tr -d '\n')"
done
exit 0
