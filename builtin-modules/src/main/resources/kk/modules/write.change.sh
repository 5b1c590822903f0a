# Makes what write.look.sh found.
if [ -z "$content" ]; then
  kk_apply "$dest" f && kk_report "$dest" file
  return
fi
kk_write_directory || return 1
kk_write_create && kk_write_finish || { rm -f "$new"; return 1; }
