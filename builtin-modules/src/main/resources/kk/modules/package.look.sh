# Finds the host's package manager and asks it about the packages named by the arguments. The
# variables are those of PackageTask.
PATH=$PATH:/usr/sbin:/sbin
# names may have wildcards, which are not for the shell
set -f
kk_newline='
'
manager=
case $use in
  auto) kk_managers='apt-get dnf dnf5 yum zypper apk' ;;
  apt) kk_managers=apt-get ;;
  dnf|dnf4|yum4) kk_managers=dnf ;;
  yum) kk_managers='dnf yum' ;;
  *) kk_managers=$use ;;
esac
for kk_tool in $kk_managers; do
  if command -v $kk_tool >/dev/null 2>&1; then manager=$kk_tool; break; fi
done
if [ -z "$manager" ]; then
  case $kk_managers in
    *\ *) printf 'this host has none of the package managers %s\n' "$kk_managers" >&2 ;;
    *) printf 'this host has no %s\n' "$kk_managers" >&2 ;;
  esac
  return 2
fi
kk_family=$manager
case $manager in
  apt-get) kk_family=apt kk_foreign=$dnf_given kk_owner=dnf ;;
  dnf|dnf5|yum) kk_family=dnf kk_foreign=$apt_given kk_owner=apt ;;
  *)
    kk_family=other kk_foreign=$apt_given kk_owner=apt
    if [ -z "$kk_foreign" ]; then kk_foreign=$dnf_given kk_owner=dnf; fi ;;
esac
case $kk_family:$wanted in
  apt:*) ;;
  *:build-dep|*:fixed) kk_foreign="state: $wanted" kk_owner=apt ;;
esac
if [ -n "$kk_foreign" ]; then
  printf 'only %s has %s, and this host has %s\n' "$kk_owner" "$kk_foreign" "$manager" >&2
  return 2
fi
kk_said='' kk_changed='' kk_updated='' kk_stamp=0
"kk_${kk_family}_look" "$@"
