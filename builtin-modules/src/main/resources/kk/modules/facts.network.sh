# Interfaces, addresses, routes and name servers.
for path in /sys/class/net/*; do
  [ -e "$path/address" ] || continue
  link=${path##*/}
  for key in address mtu operstate type speed flags bridge/bridge_id bridge/stp_state bonding/mode \
    bonding/slaves bonding/miimon bonding/lacp_rate bonding/primary bonding_slave/perm_hwaddr; do
    if kk_read "$path/$key" && [ -n "$line" ]; then printf '@interface %s %s %s\n' "$link" $key "$line"; fi
  done
  for port in "$path"/brif/*; do
    [ ! -e "$port" ] || printf '@interface %s port %s\n' "$link" "${port##*/}"
  done
  if [ -e "$path/device" ]; then
    printf '@interface %s pciid %s\n' "$link" "$(basename "$(readlink "$path/device")")"
    [ ! -e "$path/device/driver/module" ] ||
      printf '@interface %s module %s\n' "$link" "$(basename "$(readlink "$path/device/driver/module")")"
  fi
done
if command -v ip >/dev/null 2>&1; then
  ip -o addr show 2>/dev/null | sed 's/^/@address /'
  ip -4 route show default 2>/dev/null | sed 's/^/@route4 /'
  ip -6 route show default 2>/dev/null | sed 's/^/@route6 /'
elif command -v ifconfig >/dev/null 2>&1; then
  ifconfig -a 2>/dev/null | sed 's/^/@ifconfig /'
fi
[ ! -r /etc/resolv.conf ] || sed -n 's/^\([a-z]\)/@dns \1/p' /etc/resolv.conf
