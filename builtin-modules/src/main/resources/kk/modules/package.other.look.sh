# Which of the packages named by the arguments aren't as wanted, where zypper or apk manage them.
wanted=${wanted:-present}
todo=
if [ "$manager$allow_downgrade" = apkyes ]; then
  printf 'apk has nothing like allow_downgrade\n' >&2
  return 2
fi
# apk leaves nothing that nobody needs
if [ "$manager$autoremove$#" = zypperyes0 ]; then
  printf 'zypper needs the names of what autoremove begins with\n' >&2
  return 2
fi
# kk_installed NAME
kk_installed() {
  case $manager in
    apk) apk info -e "$1" >/dev/null 2>&1 ;;
    *) rpm -q --whatprovides "$1" >/dev/null 2>&1 ;;
  esac
}
# kk_outdated NAME: whether the lists that are there know a newer version.
kk_outdated() {
  case $manager in
    zypper) zypper -n -q list-updates 2>/dev/null | grep -qF "| $1 " ;;
    apk) apk version -l '<' "$1" 2>/dev/null | grep -q '<' ;;
  esac
}
kk_all=
if [ "$*" = '*' ]; then
  kk_all=yes
  shift
fi
for kk_name do
  if [ "$wanted" = absent ]; then
    if kk_installed "$kk_name"; then todo="$todo $kk_name"; fi
  elif ! kk_installed "$kk_name"; then
    todo="$todo $kk_name"
  elif [ "$wanted" = latest ] && { [ -n "$update" ] || kk_outdated "$kk_name"; }; then
    todo="$todo $kk_name"
  fi
done
for kk_name in $todo; do printf 'todo=%s\n' "$kk_name"; done
if [ -n "$todo$kk_all" ]; then kk_changed=yes; fi
if [ -n "$checking" ] || [ -z "$kk_changed$update" ]; then kk_answer; fi
[ -z "$kk_changed$update" ]
