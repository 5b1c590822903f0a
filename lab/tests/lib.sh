# What the end-to-end tests and the demo share. Sourced, never run.
# shellcheck shell=bash disable=SC2034

LAB=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
HOME_OF_KK=$(dirname "$LAB")
# the program: of the checkout, unless somebody names that of a release
KK=${KK:-$HOME_OF_KK/kk}
# where everything of this run lies: settings, secrets, artifacts, outputs
WORK=${KK_LAB_WORK:-$(mktemp -d /var/tmp/kk-lab.XXXXXX)}
INVENTORY=$LAB/.state/inventory.yaml
VERSIONS=docker_registry_version=2.8.3,docker_version=26.1.5,dockercompose_version=v2.26.1
VERSION_3=3.1.1
ARTIFACT=artifact.artifact_url.docker_registry.amd64=docker-registry-2.8.3-linux.amd64.tgz

# The commands of the specification, on the lab: kk precheck image_registry, kk init registry.
kk() {
    "$KK" "$@" --workdir "$WORK" --known-hosts "$LAB/.state/known_hosts"
}
on_registry() {
    local command=$1
    shift
    # shellcheck disable=SC2086
    kk $command -i "$INVENTORY" --set image_registry.type=docker-registry --set "$VERSIONS" --set "$ARTIFACT" "$@"
}
make_client() { kk run "$HOME_OF_KK/playbooks/registry_client.yaml" -i "$INVENTORY" --set "$VERSIONS" "$@"; }

# install_kk NODE: puts kk into /opt/kk there: a release, which needs no Java, or the checkout with a JDK
install_kk() {
    if [ "$KK" != "$HOME_OF_KK/kk" ]; then
        tar -C "$(dirname "$KK")/.." -c . | unpack "$1" /opt/kk
        on "$1" ln -s bin/kk /opt/kk/kk
    else
        tar -C "$("$HOME_OF_KK/find-jdk")" -c . | unpack "$1" /usr/lib/jvm/jdk-25
        tar -C "$HOME_OF_KK" -c kk find-jdk pom.xml playbooks roles inventory-samples engine/pom.xml engine/src/main engine/target/classes \
            builtin-modules/pom.xml builtin-modules/src/main builtin-modules/target/classes builtin-modules/target/lib builtin-modules/target/kk-built |
            unpack "$1" /opt/kk
    fi
    on "$1" ln -s /opt/kk/kk /usr/local/bin/kk
}
unpack() { "$LAB/exec" "$1" sh -c "mkdir -p '$2' && tar -x -C '$2'"; }

on() { "$LAB/exec" "$@" </dev/null; }
address() { printf '10.77.0.%d' $((10 + ${1#node})); }

# login CLIENT AUTHORITY: the password goes in on standard input
login() { "$LAB/exec" "$1" docker login -u admin --password-stdin "$2" <"$WORK/secrets/registry_password"; }

# bring CLIENT: gives the client a small image to push
bring() { "$LAB/exec" "$1" docker load <"$WORK/kubekey/images/kk-proof.tar"; }
