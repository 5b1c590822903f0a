while read -r directory; do
  [ -n "$directory" ] || continue
  mkdir -p "$directory" && kk_relabel "$directory" && kk_apply "$directory" d || return 1
done <<KK_TABLE
$missing
KK_TABLE
