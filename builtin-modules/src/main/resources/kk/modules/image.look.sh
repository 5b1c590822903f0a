# What the host's Docker calls each of the images named by the arguments.
PATH=$PATH:/usr/local/bin
if ! command -v docker >/dev/null 2>&1; then
  echo 'there is no docker on this host' >&2
  exit 3
fi
arch=$(docker version -f '{{.Server.Arch}}' </dev/null) || exit 2
printf 'arch=%s\n' "$arch"
for image in "$@"; do
  id=$(docker image inspect -f '{{.Id}}' "$image" 2>/dev/null </dev/null) && printf 'image=%s %s\n' "$id" "$image"
done
exit 0
