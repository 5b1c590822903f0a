if [ -n "$differs" ]; then
  sysctl -q -w "$name=$value" || [ -n "$lenient" ] || return 1
fi
if [ -n "$load" ]; then
  sysctl -q ${lenient:+-e} -p "$file" >/dev/null || [ -n "$lenient" ]
fi
