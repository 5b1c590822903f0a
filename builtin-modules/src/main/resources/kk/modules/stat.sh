# What $path is.
option=
if [ -n "$follow" ]; then option=-L; fi
if [ ! -e "$path" ] && { [ -n "$follow" ] || [ ! -L "$path" ]; }; then
  echo exists=no
  exit 0
fi
echo exists=yes
stat $option -c 'type=%F
mode=%a
uid=%u
gid=%g
size=%s
nlink=%h
blocks=%b
block_size=%o
inode=%i
atime=%X
mtime=%Y
ctime=%Z
pw_name=%U
gr_name=%G' "$path" || exit 1
dev=$(stat $option -c %d "$path" 2>/dev/null) && echo "dev=$dev"
if [ -r "$path" ]; then echo readable=yes; fi
if [ -w "$path" ]; then echo writeable=yes; fi
if [ -x "$path" ]; then echo executable=yes; fi
if [ -L "$path" ] && [ -z "$follow" ]; then
  printf 'lnk_target=%s\nlnk_source=%s\n' "$(readlink "$path")" "$(readlink -f "$path")"
elif [ -f "$path" ] && [ -r "$path" ] && [ -n "$sum" ]; then
  digest=$($sum <"$path") && printf 'checksum=%s\n' "${digest%% *}"
fi
if [ -n "$mime" ]; then
  printf 'mime=%s\n' "$(file -bi ${follow:+-L} "$path" 2>/dev/null)"
fi
if [ -n "$flags" ] && flags=$(lsattr -vd "$path" 2>/dev/null); then
  set -f
  set -- $flags
  printf 'version=%s\nflags=%s\n' "$1" "$2"
fi
exit 0
