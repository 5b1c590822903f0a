# Who $user is, and the file with the keys that may log in as that user.
if command -v getent >/dev/null 2>&1; then entry=$(getent passwd "$user")
else entry=$(grep "^$user:" /etc/passwd)
fi
if [ -z "$entry" ]; then
  printf 'there is no user %s on this host\n' "$user" >&2
  exit 1
fi
home=$(printf %s "$entry" | cut -d: -f6)
file=${path:-$home/.ssh/authorized_keys}
printf 'file=%s\nuid=%s\ngid=%s\n' \
  "$file" "$(printf %s "$entry" | cut -d: -f3)" "$(printf %s "$entry" | cut -d: -f4)"
if [ -e "$file" ]; then
  echo exists=yes
  printf 'content=%s\n' "$(base64 <"$file" | tr -d '\n')"
fi
