# Downloads a file and puts it in its place.

# kk_get_problem WHY: why there is no file now.
kk_get_problem() {
  problem=yes
  printf 'problem=%s\n' "$1"
  return 1
}

# kk_sum FILE: sets have to its checksum.
kk_sum() {
  have=$("${algorithm}sum" <"$1") || return 1
  have=${have%% *}
}

kk_get() {
  [ -z "$sums" ] || kk_get_expected || return 1
  if [ -n "$expected" ] && [ -f "$dest" ] && [ -z "$always$into" ]; then
    kk_sum "$dest" || return 1
    if [ "$have" = "$expected" ]; then
      printf 'msg=file already exists\nsame=yes\n'
      kk_get_keep
      return
    fi
  fi
  kk_get_file || return 1
  if [ "$status" = 304 ]; then
    echo same=yes
    kk_get_keep
    return
  fi
  kk_get_name
  if [ -n "$expected" ]; then
    kk_sum "$work/body" || return 1
    if [ "$have" != "$expected" ]; then
      kk_get_digests
      kk_get_problem "The checksum for $dest did not match $expected; it was $have."
      return
    fi
  fi
  kk_get_digests
  if [ ! -d "${dest%/*}/" ]; then
    kk_get_problem "Destination ${dest%/*} does not exist"
    return
  fi
  source=$work/body path=$dest name=
  kk_content() { cat <"$source"; }
  kk_write_look
  case $? in
    0) echo same=yes ;;
    1) kk_write_change ;;
    *) return 1 ;;
  esac
}

# kk_get_keep: the file stays; what it belongs to may not.
kk_get_keep() {
  printf 'dest=%s\n' "$dest"
  kk_apply "$dest" f || return 1
  [ -z "$settled" ] || echo settled=yes
  kk_report "$dest" file
}

# kk_get_expected: sets expected to the checksum that the list has for the file.
kk_get_expected() {
  kk_get_ask s "$sums" || return 1
  wanted_name=${name:-index.html} count=0 expected=
  while read -r first second _; do
    [ -n "$first" ] || continue
    count=$((count + 1)) only=$first
    second=${second#\*}
    if [ "${second#./}" = "$wanted_name" ] && [ -z "$expected" ]; then expected=$first; fi
  done <"$work/body"
  if [ -z "$expected" ] && [ "$count" = 1 ] && [ "$(wc -w <"$work/body")" -eq 1 ]; then expected=$only; fi
  if [ -z "$expected" ]; then
    kk_get_problem "Unable to find a checksum for file '$wanted_name' in '$sums'"
    return
  fi
  expected=$(printf %s "$expected" | tr A-F a-f)
}

# kk_get_file: the file itself, unless the server has nothing newer than the one that is there.
kk_get_file() {
  if [ -n "$always" ]; then
    config="$config
=header = \"Cache-Control: no-cache\""
  elif [ -f "$dest" ] && [ -z "$into$expected" ]; then
    if ! command -v curl >/dev/null 2>&1; then
      status=304
      return 0
    fi
    config="$config
=header = \"If-Modified-Since: $(LC_ALL=C date -u -r "$dest" '+%a, %d %b %Y %H:%M:%S GMT')\""
  fi
  kk_get_ask u "$url"
}

# kk_get_ask LETTER ADDRESS: asks for an address, which the configuration has under that letter.
kk_get_ask() {
  if command -v curl >/dev/null 2>&1; then
    kk_http "$1"
    kk_http_tell
    case $curl_exit:$reached:$status in
      0:http*:2??|0:http*:304) ;;
      0:http*|[1-9]*) kk_get_problem 'Request failed' ;;
    esac
  elif [ -n "$curl_only" ]; then
    echo 'there is no curl on this host; wget would show credentials and headers to others' >&2
    return 1
  elif command -v wget >/dev/null 2>&1; then
    status=200 reached=$2
    : >"$work/head"
    wget -q -T "$timeout" ${insecure:+--no-check-certificate} -O "$work/body" "$2" </dev/null ||
      kk_get_problem "cannot download $2"
  else
    echo 'there is neither curl nor wget on this host' >&2
    return 1
  fi
}

# kk_get_name: sets dest, where the answer tells how the file is called.
kk_get_name() {
  [ -n "$into" ] || return 0
  called=$(kk_header content-disposition)
  case $called in
    *filename=*)
      called=${called#*filename=}
      case $called in
        \"*) called=${called#\"}; called=${called%%\"*} ;;
        *) called=${called%%;*} ;;
      esac
      ;;
    *) called=${reached%%[?#]*} ;;
  esac
  called=${called##*/}
  case $called in ''|.|..) called=index.html ;; esac
  dest=$into$called
}

kk_get_digests() {
  printf 'src=%s\n' "$work/body"
  digest=$(sha1sum <"$work/body") && printf 'checksum_src=%s\n' "${digest%% *}"
  digest=$(md5sum <"$work/body") && printf 'md5sum=%s\n' "${digest%% *}"
  if [ -f "$dest" ]; then
    digest=$(sha1sum <"$dest") && printf 'checksum_dest=%s\n' "${digest%% *}"
  fi
}
