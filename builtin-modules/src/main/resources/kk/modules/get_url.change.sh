# The configuration for curl is on standard input: letter u for the file, s for the list of checksums.
if [ -f "$dest" ] && [ -z "${download-yes}" ]; then
  echo 'msg=file already exists'
  kk_apply "$dest" f || return 1
  kk_report "$dest" file
  return 0
fi
kk_http_begin "${tmp_dest:-${TMPDIR:-/tmp}}" || return 1
problem=
kk_get
done=$?
rm -rf "$work"
[ "$done" = 0 ] || [ -n "$problem" ]
