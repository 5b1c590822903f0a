# What install.sh needs. A stand-in for Harbor's, for tests.
# shellcheck shell=sh

note() { printf '\n[stand-in] %s\n' "$*"; }

fail() {
    printf '[stand-in] %s\n' "$*" >&2
    exit 1
}

need_docker() { command -v docker >/dev/null || fail "Docker is needed"; }

# compose ARGUMENT...: the plug-in, or else the program.
compose() {
    if docker compose version >/dev/null 2>&1; then
        docker compose "$@"
    elif command -v docker-compose >/dev/null; then
        docker-compose "$@"
    else
        fail "docker-compose is needed"
    fi
}
