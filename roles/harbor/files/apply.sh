#!/bin/bash
# Lets Harbor's own program write the configuration of all its parts, and starts them anew: with each run it gives them new
# secrets, so none may go on with the old ones. The mark that this is done comes last, when Harbor is well.
# Arguments: HOME MARK URL [--with-trivy]
set -eu
home=$1
mark=$2
url=$3
shift 3
export PATH=/usr/local/bin:$PATH TERM=dumb
cd "$home"
rm -f prepared
# another version may have started what runs
docker-compose -p harbor down --remove-orphans --timeout 60 >&2 2>&1 || true
install -m 600 /dev/null prepare.log
./prepare "$@" >prepare.log 2>&1 || {
    echo "Harbor's prepare fails:" >&2
    tail -n 20 prepare.log >&2
    exit 1
}
systemctl daemon-reload
systemctl enable -q harbor.service
systemctl restart harbor.service

./harbor.sh wait "$url"
echo "$mark" >prepared
