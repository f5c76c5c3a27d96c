# shellcheck shell=bash
# Sourced: what the scripts beside it need of Debian's packages. Set `log` to a file for the words of failed commands.

fail() {
    printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
    exit 1
}

# quietly WHAT HINT COMMAND...: what went wrong is the end of the log; what went well is nobody's concern.
quietly() {
    local what=$1 hint=$2
    shift 2
    # shellcheck disable=SC2154
    if ! "$@" >"$log" 2>&1; then
        tail -n 20 -- "$log" >&2
        fail "$what" "$hint"
    fi
}

# The running release, such as bookworm.
debian_release() {
    [ -r /etc/os-release ] && (. /etc/os-release && [ "$ID" = debian ] && printf '%s' "${VERSION_CODENAME:-sid}")
}

# Debian's mirror is where the machine would get base-files from, whatever form its sources have. Without a status
# file, or apt looks for the installed version alone.
mirror_uri() {
    apt-get --print-uris -o Dir::State::status=/dev/null download base-files 2>/dev/null |
        sed -nE "s|^'(.*)/pool/.*|\1|p" | grep .
}

installed() {
    local name
    for name; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' -- "$name" 2>/dev/null)" = installed ] || return 1
    done
}

refreshed=
refresh() {
    if [ -z "$refreshed" ]; then
        quietly 'apt-get update failed' "run it as root and look at this machine's package sources" apt-get update
        refreshed=yes
    fi
}

# apt_state DIRECTORY SUITE ARCHITECTURE...: a state of apt's own, with the lists of one suite for these architectures.
# Then APT_CONFIG=DIRECTORY/apt.conf makes apt use it, and nothing of the machine's.
apt_state() {
    local state=$1 suite=$2 mirror signed=/usr/share/keyrings/debian-archive-keyring.gpg
    shift 2
    mirror=$(mirror_uri) || refresh
    mirror=$(mirror_uri) || fail 'cannot tell the Debian mirror of this machine' "run 'apt-get update' as root"
    mkdir -p -- "$state/lists/partial" "$state/cache/archives/partial" "$state/parts"
    : >"$state/status"
    [ -e "$signed" ] && signed="[signed-by=$signed] " || signed=
    printf 'deb %s%s %s main\n' "$signed" "$mirror" "$suite" >"$state/sources.list"
    cat >"$state/apt.conf" <<CONF
APT::Architecture "$1";
APT::Architectures { $(printf '"%s"; ' "$@")};
Dir::State "$state";
Dir::State::status "$state/status";
Dir::Cache "$state/cache";
Dir::Etc::sourcelist "$state/sources.list";
Dir::Etc::sourceparts "$state/parts";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Sandbox::User "root";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
CONF
    APT_CONFIG=$state/apt.conf quietly "cannot read the package lists of $suite" "is $mirror in reach?" apt-get update
}
