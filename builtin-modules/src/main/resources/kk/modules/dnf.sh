# What looking and changing have in common where dnf or yum manage packages. Lists of names have a
# name a line, for there are names with spaces: `foo >= 1.0`.

# kk_dnf_run WORD...: runs it with the options of the task. While another one holds its lock, tries
# again.
kk_dnf_run() {
  eval "set -- $dnf_words \"\$@\""
  kk_waited=0
  while :; do
    kk_text=$($manager ${simulate:--y} --setopt=exit_on_lock=1 "$@" </dev/null)
    kk_status=$?
    [ $kk_status -eq 200 ] && [ "$kk_waited" -lt "${lock_timeout:-30}" ] || return $kk_status
    sleep 1
    kk_waited=$((kk_waited + 1))
  done
}

# kk_dnf WORD...: the same for what changes packages.
kk_dnf() {
  kk_dnf_run "$@"
  # having been told to answer no, it ends with status 1
  case $simulate$kk_newline$kk_text in
    --*"$kk_newline"'Transaction Summary'*) kk_status=0 ;;
  esac
  case $kk_newline$kk_text in
    *"$kk_newline"'Nothing to do'*|*"$kk_newline"'No packages marked for '*) ;;
    *"$kk_newline"'Transaction Summary'*[0-9]' '[Pp]ackage*) kk_changed=yes ;;
    # a group that is there already
    *"$kk_newline"'Transaction Summary'*) ;;
    *) [ $kk_status -ne 0 ] || kk_changed=yes ;;
  esac
  kk_say $kk_status "$kk_text"
}

# kk_dnf_put LIST WORD...: installs or upgrades what is in the list, if anything is.
kk_dnf_put() {
  [ -n "$1" ] || return 0
  kk_list=$1
  shift
  IFS=$kk_newline
  set -- "$@" $kk_list
  unset IFS
  eval "set -- $dnf_install_words \"\$@\""
  kk_dnf $kk_refresh "$@"
}

# kk_dnf_do: does all there is to do.
kk_dnf_do() {
  kk_refresh=
  if [ -n "$update" ] && [ "$wanted" != absent ]; then
    kk_updated=yes
    if [ "$manager" = yum ]; then
      # the old one can't be told to do that on its way
      if [ -z "$simulate" ]; then kk_dnf_run -q makecache || return 1; fi
    elif [ -n "$kk_all$todo$kk_there" ]; then
      kk_refresh=--refresh
    elif [ -z "$simulate" ]; then
      kk_dnf_run -q --refresh makecache || return 1
    fi
  fi
  kk_upgrade=upgrade
  if [ -n "$dnf_marked" ]; then
    # no newer than what mends the thing
    if [ "$manager" = yum ]; then kk_upgrade='update-minimal'; else kk_upgrade='upgrade-minimal'; fi
  fi
  case $wanted in
    absent)
      IFS=$kk_newline
      set -- $todo
      unset IFS
      if [ $# -gt 0 ]; then
        kk_dnf --setopt=clean_requirements_on_remove="${autoremove:-no}" remove "$@" || return 1
      elif [ -n "$kk_all" ]; then
        kk_dnf autoremove || return 1
      fi ;;
    *)
      if [ -n "$kk_all" ]; then
        eval "set -- $dnf_install_words"
        kk_dnf $kk_refresh "$@" $dnf_marked $kk_upgrade || return 1
      fi
      kk_dnf_put "$todo" $dnf_marked install && kk_dnf_put "$kk_there" $dnf_marked $kk_upgrade ;;
  esac
}
