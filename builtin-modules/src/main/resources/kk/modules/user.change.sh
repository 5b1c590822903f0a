# Makes the account as wanted. On standard input are NAME:HASH for chpasswd and the passphrase of the
# key, a line each; a line is empty when there is none.
IFS= read -r login
IFS= read -r passphrase
if [ "$wanted" = absent ]; then
  kk_user_remove
  return
fi
if [ -z "$entry" ]; then
  kk_user_add || return 1
  [ -z "$login" ] || printf '%s\n' "$login" | chpasswd -e || return 1
  entry=$(kk_entry passwd "$name")
  kk_user_read
  kk_shadow_look
  kk_key_look "$now_home" || return 1
else
  kk_user_modify || return 1
  case "$differs " in
    *' password '*) printf '%s\n' "$login" | chpasswd -e || return 1 ;;
  esac
  entry=$(kk_entry passwd "$name")
  kk_user_read
fi
kk_ages_change && kk_home_make && kk_key_make || return 1
printf 'entry=%s\n' "$entry"
