# Which of the packages named by the arguments aren't as wanted. Asks rpm, which is quick, and
# leaves to dnf what only that can tell. A package from the network is fetched, to see what is in
# it.
# kk_rpm WORD...: asks about the system that is looked after.
kk_rpm() { rpm -q ${dnf_root:+--root "$dnf_root"} "$@" 2>/dev/null; }
# kk_dnf_newer NAME VERSION RELEASE: whether a newer one than that is installed.
kk_dnf_newer() {
  case $2$3 in *[!A-Za-z0-9._+~^-]*) return 1 ;; esac
  kk_have=$(kk_rpm --qf '%{VERSION}|%{RELEASE}\n' "$1") || return 1
  kk_have=${kk_have##*"$kk_newline"}
  kk_order=$(rpm --eval "%{lua:
    local order = rpm.vercmp('${kk_have%|*}', '$2')
    if order == 0 and '$3' ~= '' then order = rpm.vercmp('${kk_have#*|}', '$3') end
    print(order)}")
  [ "$kk_order" = 1 ]
}
# kk_dnf_stays NAME: whether it says a version that is lower than the one that is installed, and
# has to stay.
kk_dnf_stays() {
  case $wanted$allow_downgrade:$1 in
    present:*-[0-9]*|latest:*-[0-9]*) ;;
    *) return 1 ;;
  esac
  kk_spec=${1%.noarch}
  kk_spec=${kk_spec%.$(uname -m)}
  kk_base=${kk_spec%-*}
  kk_dnf_newer "$kk_base" "${kk_spec##*-}" '' && return
  case $kk_base in
    *-*) kk_dnf_newer "${kk_base%-*}" "${kk_base##*-}" "${kk_spec##*-}" ;;
    *) return 1 ;;
  esac
}
# kk_dnf_file FILE: whether the package in the file is installed, or a newer one that has to stay.
kk_dnf_file() {
  kk_inside=$(rpm -qp --nosignature --qf '%{NAME}|%{VERSION}|%{RELEASE}|%{ARCH}' "$1" 2>/dev/null) || {
    printf 'there is no package in %s\n' "$1" >&2
    return 2
  }
  kk_spec=${kk_inside#*|}
  kk_release=${kk_spec#*|}
  kk_inside=${kk_inside%%|*} kk_spec=${kk_spec%%|*}
  kk_rpm "$kk_inside-$kk_spec-${kk_release%|*}.${kk_release#*|}" >/dev/null && return
  [ -z "$allow_downgrade" ] && kk_dnf_newer "$kk_inside" "$kk_spec" "${kk_release%|*}"
}
# kk_dnf_has NAME: whether it is there, as far as rpm can tell.
kk_dnf_has() {
  case $1 in
    @*|*' '*) return 1 ;;
    *.rpm) kk_dnf_file "$1" ;;
    *[*?[]*) [ "$wanted:$(kk_rpm -a "$1")" != "$wanted:" ] && [ "$wanted" != present ] ;;
    *)
      kk_rpm --whatprovides "$1" >/dev/null || kk_rpm "$1" >/dev/null || kk_dnf_stays "$1" ;;
  esac
}
# kk_dnf_sort NAME: puts it on the list it belongs to, if on any.
kk_dnf_sort() {
  kk_dnf_has "$1"
  case $?:$wanted:$1 in
    2:*) return 2 ;;
    0:present:*|0:latest:*.rpm) return 0 ;;
    0:latest:*)
      kk_dnf_stays "$1" || kk_there=$kk_there$1$kk_newline
      # there may be more of that kind
      case $1$dnf_update_only in *[*?[]*yes) ;; *[*?[]*) todo=$todo$1$kk_newline ;; esac ;;
    # what only dnf can tell
    0:absent:*|*:absent:@*|*:absent:*' '*) todo=$todo$1$kk_newline ;;
    *:absent:*) ;;
    *) [ -n "$dnf_update_only" ] || todo=$todo$1$kk_newline ;;
  esac
}
# kk_dnf_list WHAT: lines of packages or repositories.
kk_dnf_list() {
  kk_format='%{name}|%{epoch}|%{version}|%{release}|%{arch}|%{repoid}\n'
  case $1 in
    repos|repositories)
      eval "set -- $dnf_words -q repolist"
      $manager "$@" | sed '1d;s/[ *].*//;s/^/list=repo|/'
      return ;;
    updates|upgrades) set -- repoquery --upgrades ;;
    available) set -- repoquery ;;
    *)
      if [ "$1" = installed ]; then set --; fi
      kk_rpm -a --qf '%{NAME}|%{EPOCHNUM}|%{VERSION}|%{RELEASE}|%{ARCH}|@System\n' "$@" |
        sort | sed '/^gpg-pubkey|/d;s/^/list=installed|/'
      if [ $# -eq 0 ]; then return; fi
      set -- repoquery "$1" ;;
  esac
  eval "set -- $dnf_words -q \"\$@\""
  $manager "$@" --qf "$kk_format" | sed '/./!d;s/^/list=available|/'
}
if [ -n "$dnf_list" ]; then
  if [ "$manager" = yum ]; then
    printf 'only dnf has list, and this host has yum\n' >&2
    return 2
  fi
  kk_dnf_list "$dnf_list" && kk_answer
  return
fi
if [ "$manager" = yum ] && [ -n "$dnf_new_given" ]; then
  printf 'only dnf has %s, and this host has yum\n' "$dnf_new_given" >&2
  return 2
fi
if [ -n "$autoremove" ]; then wanted=${wanted:-absent}; fi
wanted=${wanted:-present}
case $autoremove$wanted in
  yespresent|yeslatest)
    printf 'with dnf, autoremove stands alone or with state: absent\n' >&2
    return 2 ;;
esac
todo='' kk_there='' kk_all='' simulate=''
if [ $# -eq 0 ]; then kk_all=$autoremove; fi
if [ "$*" = '*' ]; then
  kk_all=yes
  shift
fi
if [ "$wanted" != latest ]; then dnf_marked=; fi
# all of them at once, when nothing has to be done
if [ "$wanted" = present ] && [ $# -gt 1 ] && kk_rpm --whatprovides "$@" >/dev/null; then set --; fi
for kk_name do
  case $wanted:$kk_name in
    absent:*/*.rpm|absent:*://*)
      printf 'a package is removed by its name, not by %s\n' "$kk_name" >&2
      kk_forget
      return 2 ;;
    *://*)
      if [ -z "${kk_fetched-}" ]; then kk_fetched=$(mktemp -d) || return 2; fi
      kk_found=$kk_fetched/${kk_name##*/}
      kk_found=${kk_found%.rpm}.rpm
      if ! curl -fsSL ${dnf_unverified:+-k} -o "$kk_found" "$kk_name"; then
        printf 'cannot fetch %s\n' "$kk_name" >&2
        kk_forget
        return 2
      fi
      kk_name=$kk_found ;;
  esac
  kk_dnf_sort "$kk_name" || { kk_forget; return 2; }
done
printf '%s' "$todo$kk_there" | sort -u | sed "s|^${kk_fetched:-/}/||;s/^/todo=/"
if [ -z "$todo$kk_there$kk_all" ] && { [ -z "$update" ] || [ "$wanted" = absent ]; }; then
  kk_forget
  kk_answer
  return 0
fi
if [ -z "$checking" ]; then return 1; fi
simulate=--assumeno
kk_dnf_do || { kk_forget; return 2; }
kk_forget
kk_answer
[ -z "$kk_changed" ]
