while read -r directory; do
  [ -n "$directory" ] || continue
  mkdir -p "$directory" && kk_apply "$directory" d || return 1
  kk_relabel "$directory"
done <<KK_TABLE
$missing
KK_TABLE
