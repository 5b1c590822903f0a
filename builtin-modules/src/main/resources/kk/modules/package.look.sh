# Which of the packages named by the arguments aren't as $wanted. Reads the package database only.
PATH=$PATH:/usr/sbin:/sbin
manager=
for tool in apt-get dnf yum zypper apk; do
  if command -v $tool >/dev/null 2>&1; then manager=$tool; break; fi
done
if [ -z "$manager" ]; then
  echo 'this host has none of the package managers apt-get, dnf, yum, zypper and apk' >&2
  return 2
fi
# kk_installed NAME
kk_installed() {
  case $manager in
    apt-get)
      version=${1#*=}
      [ "$version" != "$1" ] || version=
      have=$(dpkg-query -W -f '${db:Status-Status} ${Version}\n' "${1%%=*}" 2>/dev/null | grep '^installed ') || return 1
      case ${have#installed } in $version) return 0 ;; esac
      [ -z "$version" ] ;;
    apk) apk info -e "$1" >/dev/null 2>&1 ;;
    *)
      case $1 in
        /*.rpm) rpm -q "$(rpm -qp --nosignature "$1" 2>/dev/null)" >/dev/null 2>&1 ;;
        *) rpm -q --whatprovides "$1" >/dev/null 2>&1 ;;
      esac ;;
  esac
}
# kk_outdated NAME: whether the lists that are there know a newer version.
kk_outdated() {
  case $manager in
    apt-get) apt-get -s -qq install --only-upgrade "$1" 2>/dev/null | grep -q "^Inst " ;;
    dnf|yum) $manager -q check-update "$1" >/dev/null 2>&1; [ $? -eq 100 ] ;;
    zypper) zypper -n -q list-updates 2>/dev/null | grep -qF "| $1 " ;;
    apk) apk version -l '<' "$1" 2>/dev/null | grep -q '<' ;;
  esac
}
todo=
for name in "$@"; do
  if [ "$wanted" = absent ]; then
    if kk_installed "$name"; then todo="$todo $name"; fi
  elif ! kk_installed "$name"; then
    todo="$todo $name"
  elif [ "$wanted" = latest ] && { [ -n "$update" ] || kk_outdated "$name"; }; then
    todo="$todo $name"
  fi
done
printf 'todo=%s\n' "$todo"
if [ $# -eq 0 ] && [ -n "$update" ]; then return 1; fi
[ -z "$todo" ]
