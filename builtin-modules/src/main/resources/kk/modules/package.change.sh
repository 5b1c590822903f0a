export DEBIAN_FRONTEND=noninteractive LC_ALL=C
# kk_fresh: whether the lists of packages are young enough.
kk_fresh() {
  [ "$valid" -gt 0 ] && [ -d /var/lib/apt/lists ] || return 1
  touched=$(stat -c %Y /var/lib/apt/lists 2>/dev/null) || return 1
  [ $(($(date +%s) - touched)) -lt "$valid" ]
}
if [ -n "$update" ] && [ "$wanted" != absent ]; then
  case $manager in
    apt-get) kk_fresh || apt-get -q -o DPkg::Lock::Timeout=300 update || return 1 ;;
    dnf|yum) $manager -y -q makecache || return 1 ;;
    zypper) zypper -n refresh || return 1 ;;
    apk) apk update || return 1 ;;
  esac </dev/null
fi
[ -n "$todo" ] || return 0
set -- $todo
case $manager in
  apt-get)
    if [ "$wanted" = absent ]; then
      verb=remove
      if [ -n "$purge" ]; then verb=purge; fi
      set -- $verb "$@"
      if [ -n "$autoremove" ]; then set -- --auto-remove "$@"; fi
    else
      case $recommends in
        yes) set -- --install-recommends "$@" ;;
        no) set -- --no-install-recommends "$@" ;;
      esac
      if [ -n "$unsigned" ]; then set -- --allow-unauthenticated "$@"; fi
      set -- --allow-downgrades install "$@"
    fi
    apt-get -y -q -o DPkg::Lock::Timeout=300 -o Dpkg::Options::=--force-confdef \
      -o Dpkg::Options::=--force-confold "$@"
    ;;
  dnf|yum)
    case $wanted in
      absent) set -- remove "$@" ;;
      present) set -- install "$@" ;;
      # brings up to date what is there and installs what isn't
      latest) set -- install --best "$@"; [ $manager = dnf ] || { shift 2; set -- install "$@"; } ;;
    esac
    if [ -n "$enablerepo" ]; then set -- --enablerepo="$enablerepo" "$@"; fi
    if [ -n "$disablerepo" ]; then set -- --disablerepo="$disablerepo" "$@"; fi
    if [ -n "$unsigned" ]; then set -- --nogpgcheck "$@"; fi
    $manager -y "$@"
    ;;
  zypper)
    case $wanted in
      absent) zypper -n remove "$@" ;;
      *) zypper -n install -y "$@" ;;
    esac
    ;;
  apk)
    case $wanted in
      absent) apk del "$@" ;;
      present) apk add "$@" ;;
      latest) apk add -u "$@" ;;
    esac
    ;;
esac </dev/null
