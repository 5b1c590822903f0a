# Sends what the curl configuration on standard input describes; the answer's status follows its body.
command -v curl >/dev/null 2>&1 || exit 127
curl -q -sS -i --suppress-connect-headers --compressed -K - \
  -w '\n@kk %{http_code} %{time_total} %{url_effective}\n'
