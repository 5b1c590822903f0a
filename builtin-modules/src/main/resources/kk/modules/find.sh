# Tells about everything below the directories $1, $2, …: lines as stat.sh has them for each path
# of a wanted kind, how many there are of any kind down to level $examine, and what could not be
# looked into.
# No name in a path is empty, so nothing but a record starts with two slashes.
format='//type=%F
mode=%a
uid=%u
gid=%g
size=%s
nlink=%h
inode=%i
atime=%X
mtime=%Y
ctime=%Z
pw_name=%U
gr_name=%G
dev=%d
path=%n'
option=
if [ -n "$follow" ]; then option=-L; fi
# kk_walk DEPTH …: goes down so many levels, or all.
kk_walk() {
  levels=$1
  shift
  find $option "$path" -mindepth 1 ${levels:+-maxdepth "$levels"} "$@"
}
exec 3>&1
for path; do
  if [ ! -d "$path" ]; then
    printf "//skipped='%s' is not a directory\npath=%s\n" "$path" "$path"
    continue
  fi
  case $path in /*|./*) ;; *) path=./$path ;; esac
  # stat looks at links themselves, whatever find follows
  problems=$(kk_walk "$depth" ${kind:+-type "$kind"} -exec stat -c "$format" {} + 2>&1 >&3)
  [ -z "$problems" ] || printf '//skipped=%s\npath=%s\n' "$problems" "$path"
  printf '//examined=%s\npath=%s\n' "$(kk_walk "$examine" -print0 2>/dev/null | tr -cd '\000' | wc -c)" "$path"
done
printf '//now=%s\npath=\n' "$(date +%s)"
exit 0
