# Which of the packages named by the arguments aren't as wanted. Reads the package database only;
# a package from the network is fetched, to see what is in it.
wanted=${wanted:-present}
todo='' kk_unsure='' kk_least='' kk_stale='' simulate=''
# kk_apt_version NAME: sets version to the one that is installed, empty when none is.
kk_apt_version() {
  version=
  case $kk_newline$kk_installed in
    *"$kk_newline$1 "*)
      version=${kk_installed#"$1 "}
      [ "$version" != "$kk_installed" ] || version=${kk_installed#*"$kk_newline$1 "}
      version=${version%%"$kk_newline"*} ;;
  esac
}
# kk_apt_list NAME...: sets kk_installed to lines of name and version.
kk_apt_list() {
  kk_native=$(dpkg --print-architecture 2>/dev/null)
  kk_installed=$(
    # shellcheck disable=SC2016
    dpkg-query -W -f '${Package}:${Architecture} ${db:Status-Status} ${Version}\n' "$@" 2>/dev/null |
      while read -r kk_name kk_status version; do
        case $wanted:$kk_status in
          *:installed|*:triggers-*|absent:unpacked|absent:half-*) ;;
          absent:config-files) [ -n "$apt_purge" ] || continue ;;
          *) continue ;;
        esac
        printf '%s %s\n' "$kk_name" "$version"
        case ${kk_name#*:}:$kk_native in
          all:*|*:|"$kk_native:$kk_native") printf '%s %s\n' "${kk_name%%:*}" "$version" ;;
        esac
      done
  )
}
kk_apt_time
if [ -n "$update" ] || [ "$apt_valid" -gt 0 ]; then
  if [ "$apt_valid" -eq 0 ] || [ $(($(date +%s) - kk_stamp)) -ge "$apt_valid" ]; then
    kk_stale=yes kk_updated=yes
  fi
fi
kk_step=none
if [ "$*" = '*' ]; then
  apt_upgrade=safe
  shift
fi
# names with wildcards become those that the lists know
kk_list=
for kk_name do
  kk_base=${kk_name%%[=<>]*}
  case $wanted:$kk_base in
    build-dep:*) kk_list=$kk_list$kk_name$kk_newline ;;
    *[*?[]*)
      kk_found=$(
        apt-cache pkgnames "${kk_base%%[*?[]*}" | while read -r kk_known; do
          # shellcheck disable=SC2254
          case $kk_known in $kk_base) printf '%s\n' "$kk_known${kk_name#"$kk_base"}" ;; esac
        done
      )
      if [ -z "$kk_found" ]; then
        printf 'no package is called like %s\n' "$kk_base" >&2
        return 2
      fi
      kk_list=$kk_list$kk_found$kk_newline ;;
    *) kk_list=$kk_list$kk_name$kk_newline ;;
  esac
done
IFS=$kk_newline
set -- $kk_list
unset IFS
if [ -n "$apt_upgrade" ]; then
  kk_step=upgrade
elif [ -n "$apt_deb" ]; then
  case $apt_deb in
    *://*)
      kk_fetched=$(mktemp -d) || return 2
      # whom apt fetches as
      chown _apt "$kk_fetched" 2>/dev/null
      /usr/lib/apt/apt-helper $apt_fetch_words download-file "$apt_deb" "$kk_fetched/package.deb" \
        >/dev/null || { kk_forget; return 2; }
      apt_deb=$kk_fetched/package.deb ;;
  esac
  kk_found=$(dpkg-deb -f "$apt_deb" Package) && kk_least=$(dpkg-deb -f "$apt_deb" Version) ||
    { kk_forget; return 2; }
  kk_apt_list "$kk_found"
  kk_apt_version "$kk_found"
  if [ "$version" = "$kk_least" ]; then
    kk_step=satisfied
    kk_forget
  else
    kk_step=deb todo=$kk_found
  fi
  kk_least=
elif [ "$wanted" = fixed ]; then
  kk_apt_list "$@"
  for kk_name do
    kk_apt_version "$kk_name"
    if [ -z "$version" ]; then todo="$todo $kk_name"; fi
  done
  if [ -n "$todo" ] || ! apt-get -qq check >/dev/null 2>&1; then kk_step=fixed; fi
elif [ "$wanted" = build-dep ]; then
  if [ $# -gt 0 ]; then kk_step=build-dep todo=$*; fi
elif [ $# -gt 0 ]; then
  kk_list=
  for kk_name do kk_list="$kk_list ${kk_name%%[=<>]*}"; done
  kk_apt_list $kk_list
  for kk_name do
    kk_base=${kk_name%%[=<>]*}
    kk_base=${kk_base% }
    kk_apt_version "$kk_base"
    kk_least_version=
    case $kk_name in
      *'>='*)
        kk_least_version=${kk_name#*>=}
        kk_least_version=${kk_least_version# }
        kk_name=$kk_base
        if [ -n "$version" ] && dpkg --compare-versions "$version" ge "$kk_least_version"; then
          kk_fits=yes
        else
          kk_fits=
        fi ;;
      *=*)
        # shellcheck disable=SC2254
        case $version in ${kk_name#*=}) kk_fits=yes ;; *) kk_fits= ;; esac ;;
      *[\<\>]*)
        printf 'apt compares versions by = and >= only: %s\n' "$kk_name" >&2
        return 2 ;;
      *) kk_fits=$version ;;
    esac
    if [ "$wanted" = absent ]; then
      if [ -n "$version" ] && [ -n "$kk_fits" ]; then todo="$todo $kk_base"; fi
    elif [ -z "$version" ] && [ -n "$apt_only_upgrade" ]; then
      :
    elif [ -z "$kk_fits" ]; then
      todo="$todo $kk_name"
      if [ -n "$kk_least_version" ]; then kk_least="$kk_least $kk_base $kk_least_version"; fi
    elif [ "$wanted" = latest ] && [ "$kk_name" = "$kk_base" ]; then
      kk_unsure="$kk_unsure $kk_name"
    fi
  done
  if [ -z "$kk_stale" ]; then
    kk_apt_latest $kk_unsure
    kk_unsure=
  fi
  if [ -n "$todo$kk_unsure" ]; then kk_step=$wanted; else kk_step=satisfied; fi
fi
for kk_name in $todo; do printf 'todo=%s\n' "$kk_name"; done
case $kk_step:$autoremove$kk_stale$apt_clean$apt_autoclean in
  none:|satisfied:|satisfied:"$autoremove") kk_answer; return 0 ;;
esac
if [ -z "$checking" ]; then return 1; fi
simulate=-s
if ! kk_apt_do; then
  kk_forget
  # a package that isn't known may be in the lists that would be fetched
  [ -n "$kk_stale" ] || return 2
  kk_changed=yes
fi
kk_forget
kk_answer
[ -z "$kk_changed" ]
