# Takes a large file from standard input, from block $blocks of 1 MiB on, and behind it a line with the SHA-256 of
# the whole, and puts it in its place. What has arrived when the line breaks stays under a name that ends in $mark, for
# another attempt to go on from there. Returns 3 when the whole isn't what it should be.
kk_write_locate
kk_write_directory || return 1
new=$upload.$mark
kk_write_stale() { [ "$part" = "$new" ] || rm -f "$part"; }
kk_write_uploads kk_write_stale
if [ "$blocks" = 0 ]; then
  rm -f "$new"
  (umask 077 && set -C && : >"$new") || return 1
elif [ ! -f "$new" ] || [ -L "$new" ] || [ ! -O "$new" ]; then
  printf 'somebody else has put a file where the upload of %s has got to\n' "$dest" >&2
  return 3
else
  dd of="$new" bs=1048576 seek="$blocks" count=0 2>/dev/null || return 1
fi
# The disk takes each piece of 64 MiB while the next one comes, and the last one while the digest is taken.
left=$((size - blocks * 1048576)) piece=67108864
while [ "$left" -gt 0 ]; do
  [ "$left" -ge "$piece" ] || piece=$left
  dd of="$new" bs=262144 count="$piece" iflag=fullblock,count_bytes oflag=append conv=notrunc 2>/dev/null || break
  wait
  kk_write_flush "$new" &
  left=$((left - piece))
done
sum=
read -r sum
kk_stat "$new" || return 1
if [ "$now_size" != "$size" ]; then
  # the line may be gone, and saying anything the last thing that this does
  printf '%s of %s bytes of %s have arrived\n' "$now_size" "$size" "$dest" >&2
  return 1
fi
kk_write_digest "$new"
wait
if [ "$have" != "$sum" ]; then
  rm -f "$new"
  printf 'the content of %s arrived damaged, or changed while it was sent\n' "$dest" >&2
  return 3
fi
old_mode= old_ids=
if [ -f "$dest" ] && [ ! -L "$dest" ]; then
  kk_stat "$dest" || return 1
  old_mode=$now_mode old_ids=$now_uid:$now_gid
elif [ -z "$mode" ]; then
  old_mode=$(printf '%o' $((0666 & ~0$(umask))))
fi
kk_write_mode
kk_stat "$new" && kk_write_finish || { rm -f "$new"; return 1; }
