# Processors, memory, firmware, disks and what is mounted from them.
if [ -r /proc/cpuinfo ]; then
  sed -n 's/^\(processor\|vendor_id\|model name\|physical id\|cpu cores\|siblings\)[^:]*: */@cpu \1=/p' /proc/cpuinfo
fi
kk_fact processor_nproc "$(nproc 2>/dev/null)"
[ ! -r /proc/meminfo ] || sed -n 's/^\(Mem[A-Z][a-z]*\|Swap[A-Z][a-z]*\|Cached\|Buffers\): *\([0-9]*\).*/@memory \1 \2/p' /proc/meminfo

for fact in bios_date bios_vendor bios_version board_asset_tag board_name board_serial board_vendor \
  board_version chassis_asset_tag chassis_serial chassis_vendor chassis_version product_name \
  product_serial product_uuid product_version; do
  kk_line $fact /sys/class/dmi/id/$fact
done
kk_line form_factor /sys/class/dmi/id/chassis_type
kk_line system_vendor /sys/class/dmi/id/sys_vendor
kk_line hostnqn /etc/nvme/hostnqn
[ ! -r /etc/iscsi/initiatorname.iscsi ] || sed -n 's/^InitiatorName=/iscsi_iqn=/p' /etc/iscsi/initiatorname.iscsi
for path in /sys/class/fc_host/*/port_name; do
  if kk_read "$path"; then printf '@wwn %s\n' "${line#0x}"; fi
done

# kk_disk DISK PART KEY FILE: one property of a disk, or of a part of it.
kk_disk() { if kk_read "$4"; then printf '@disk %s %s %s %s\n' "$1" "$2" "$3" "$line"; fi; }
# kk_holders DISK PART FOLDER
kk_holders() {
  for holder in "$3"/holders/*; do
    [ -e "$holder" ] || continue
    line=${holder##*/}
    ! kk_read "$holder/dm/name" || [ -n "$line" ] || line=${holder##*/}
    printf '@disk %s %s holder %s\n' "$1" "$2" "$line"
  done
}
for path in /sys/block/*; do
  [ -e "$path" ] || continue
  disk=${path##*/}
  printf '@disk %s - is 1\n' "$disk"
  for key in vendor model sas_address sas_device_handle serial; do
    kk_disk "$disk" - $key "$path/device/$key"
  done
  for key in removable size; do kk_disk "$disk" - $key "$path/$key"; done
  for key in discard_granularity discard_max_hw_bytes rotational scheduler logical_block_size; do
    kk_disk "$disk" - $key "$path/queue/$key"
  done
  kk_holders "$disk" - "$path"
  for part in "$path/$disk"*; do
    [ -e "$part/start" ] || continue
    for key in start size; do kk_disk "$disk" "${part##*/}" $key "$part/$key"; done
    kk_holders "$disk" "${part##*/}" "$part"
  done
done
[ ! -d /dev/disk ] || ls -l /dev/disk/by-id /dev/disk/by-uuid /dev/disk/by-label 2>/dev/null | sed 's/^/@link /'
# what is asked about logical volumes takes long, and most hosts have none
if [ -e /sys/block/dm-0 ] && command -v vgs >/dev/null 2>&1; then
  for tool in vgs lvs pvs; do
    $tool --noheadings --nosuffix --units g --separator , 2>/dev/null | sed "s/^ */@lvm $tool,/"
  done
elif command -v vgs >/dev/null 2>&1; then
  kk_fact has_lvm yes
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
