# Writes what write.look.sh found missing: a temporary file beside the old one, made complete in
# every respect, then renamed.
kk_content() {
  if [ -n "$source" ]; then cat <"$source"; else kk_input; fi
}
kk_prepare() {
  kk_content >"$new" || return 1
  if [ -n "$verify" ]; then
    have=$(sha256sum <"$new")
    if [ "${have%% *}" != "$sum" ]; then
      # first of all: if the line broke, saying anything ends this script
      rm -f "$new"
      printf 'the content of %s arrived damaged\n' "$dest" >&2
      return 1
    fi
  fi
  if [ -f "$dest" ] && [ ! -L "$dest" ]; then
    kk_stat "$dest" || return 1
    chmod "$now_mode" "$new" || return 1
    old_ids=$now_uid:$now_gid
    kk_stat "$new"
    if [ "$old_ids" != "$now_uid:$now_gid" ]; then
      chown "$old_ids" "$new" || return 1
      kk_stat "$dest"
      chmod "$now_mode" "$new" || return 1
    fi
  else
    chmod "$(printf '%o' $((0666 & ~0$(umask))))" "$new" || return 1
  fi
  kk_apply "$new" f || return 1
  if ! kk_validate >"$new.out" 2>&1 </dev/null; then
    printf 'the new content fails its validation: ' >&2
    cat "$new.out" >&2
    return 1
  fi
  rm -f "$new.out"
  sync "$new" 2>/dev/null || sync
}
kk_place() {
  mv -f "$new" "$dest" 2>"$new.out" && { rm -f "$new.out"; return 0; }
  # a mount point, such as /etc/hosts in a container, can't be replaced but can be overwritten
  if grep -qF " $dest " /proc/self/mountinfo 2>/dev/null; then
    rm -f "$new.out"
    cat "$new" >"$dest" && rm -f "$new" && kk_apply "$dest" f
    return
  fi
  cat "$new.out" >&2
  return 1
}
if [ ! -d "$parent" ]; then
  if [ -z "$make_parent" ]; then
    printf 'the directory %s does not exist\n' "$parent" >&2
    return 1
  fi
  mkdir -p "$parent" || return 1
fi
if [ -n "$content" ]; then
  new=$(umask 077 && mktemp "$parent/.kk.XXXXXX") || return 1
  if [ -n "$backup" ] && [ -f "$dest" ]; then
    saved="$dest.${new##*.}.$(date +%Y-%m-%d@%H:%M:%S)~"
    cp -p "$dest" "$saved" || { rm -f "$new"; return 1; }
    printf 'backup_file=%s\n' "$saved"
  fi
  kk_prepare && kk_place || { rm -f "$new" "$new.out"; return 1; }
  kk_relabel "$dest"
else
  kk_apply "$dest" f || return 1
fi
kk_report "$dest" file
