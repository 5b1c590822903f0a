# Where a file goes, and how to put it there whole: it is made complete in every respect under
# another name in the same directory, then renamed. Whenever this stops, the old file is there or the new one.
#   path, name   where; name is appended when path is a directory
#   unique       part of the other name, for this time only

# kk_write_locate: sets dest, the file to write, parent, its directory, workplace, where the new file is
# made, and upload, how names of uploads that were cut begin.
kk_write_locate() {
  case $path in /*|./*) ;; *) path=./$path ;; esac
  make_parent=
  if [ -n "$name" ]; then
    case $path in
      */) path=${path%/}/$name make_parent=yes ;;
      *) if [ -d "$path" ]; then path=$path/$name; fi ;;
    esac
  fi
  dest=$path
  if [ -n "$follow" ] && [ -L "$path" ]; then
    dest=$(readlink -f "$path") || dest=$path
  fi
  parent=${dest%/*}
  [ -n "$parent" ] || parent=/
  workplace=$parent
  if [ -n "$kk_unsafe" ] && [ ! -w "$parent" ] && [ -w "$dest" ]; then workplace=${TMPDIR:-/tmp}; fi
  upload=${dest##*/}
  [ "${#upload}" -le 150 ] || upload=$(printf %.150s "$upload")
  upload=$workplace/.kk-upload.$upload
}

# kk_write_directory: makes sure that there is one to write into.
kk_write_directory() {
  [ ! -d "$parent" ] || return 0
  if [ -z "$make_parent" ]; then
    printf 'the directory %s does not exist\n' "$parent" >&2
    return 1
  fi
  mkdir -p "$parent"
}

# kk_write_mode: sets file_mode to the mode the new file has to get, nothing if that is the usual.
kk_write_mode() {
  file_mode=$old_mode
  [ -n "$mode" ] || return 0
  case $mode in
    *[!0-7]*) [ -n "$old_mode" ] || file_mode=$(printf '%o' $((0666 & ~0$(umask)))) ;;
  esac
  kk_mode "$file_mode" f "$mode"
  file_mode=$wanted_mode
}

# kk_write_umask: lets a new file have as much of its mode as it may before its owner is right. What
# is right from the start need not be put right by a program.
kk_write_umask() {
  [ -n "$file_mode$owner$group$old_ids" ] || return 0
  umask 077
  [ -z "$owner$group" ] && [ "${#file_mode}" = 3 ] || return 0
  if [ -n "$old_ids" ]; then
    [ -O "$dest" ] && [ -G "$dest" ] || return 0
  fi
  m_rest=${file_mode#?}
  umask $((7 - ${file_mode%??}))$((7 - ${m_rest%?}))$((7 - ${m_rest#?}))
}

# kk_write_create: the new file with its content, which kk_content writes.
kk_write_create() {
  new=$workplace/.kk.$unique
  kk_write_mode
  kk_write_umask
  set -C
  kk_content >"$new" || return 1
  set +C
  kk_stat "$new"
}

# kk_write_ready: what $new still lacks to take its place. kk_stat has just seen it.
kk_write_ready() {
  if [ -n "$old_ids" ] && [ "$old_ids" != "$now_uid:$now_gid" ]; then
    chown "$old_ids" "$new" && kk_stat "$new" || return 1
  fi
  if [ -n "$file_mode" ] && [ "$file_mode" != "$now_mode" ]; then
    chmod "$file_mode" "$new" && kk_stat "$new" || return 1
  fi
  mode=$file_mode
  kk_settle "$new" f || return 1
  [ -z "$settled" ] || kk_stat "$new"
}

# kk_write_finish: makes $new complete, checks it and puts it in its place.
kk_write_finish() {
  # what lies elsewhere is only copied into the old file, which keeps its own attributes
  [ "$workplace" != "$parent" ] || kk_write_ready || return 1
  if [ -n "$validating" ] && ! said=$(kk_validate 2>&1 </dev/null); then
    printf 'the new content fails its validation: %s\n' "$said" >&2
    return 1
  fi
  kk_write_flush "$new"
  kk_write_backup && kk_write_rename && kk_relabel "$dest" && kk_label "$dest" && now_path=$dest && kk_tell file
}

kk_write_flush() {
  sync "$1" 2>/dev/null || sync
}

kk_write_backup() {
  [ -n "$backup" ] && [ -f "$dest" ] || return 0
  saved="$dest.$unique.$(date +%Y-%m-%d@%H:%M:%S)~"
  cp -p "$dest" "$saved" && printf 'backup_file=%s\n' "$saved"
}

kk_write_rename() {
  if [ "$workplace" = "$parent" ]; then said=$(mv -f "$new" "$dest" 2>&1) && return 0; fi
  # a mount point, such as /etc/hosts in a container, can't be replaced but can be overwritten
  if [ -n "$kk_unsafe" ] || grep -qF " $dest " /proc/self/mountinfo 2>/dev/null; then
    cat "$new" >"$dest" && rm -f "$new" && kk_apply "$dest" f && kk_stat "$dest"
    return
  fi
  printf '%s\n' "$said" >&2
  return 1
}

# kk_write_uploads DO: does it for each upload to this place that was cut, $part whose name ends in $ending.
kk_write_uploads() {
  for part in "$upload".*; do
    ending=${part#"$upload".}
    case $ending in *[!0-9a-f]*) ;; *) "$1" ;; esac
  done
}

# kk_write_digest FILE: sets have to its SHA-256. openssl needs a fifth of the time of sha256sum.
kk_write_digest() {
  have=$(openssl dgst -sha256 -r <"$1" 2>/dev/null) || have=$(sha256sum <"$1") || return 1
  have=${have%% *}
}
