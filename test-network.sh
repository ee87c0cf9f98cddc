#!/usr/bin/env bash
# The one door to a network: installs what is missing, builds, and hands over to the command line of the project.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<'TEXT'
usage: ./test-network.sh COMMAND [OPTION …]

  demo     install, start everything, do the main job, show the result (--once, --json, --declarations FILE, --limit N)
  up       start or repair the network, its chaincode and the gateways (--faithful: one chaincode process each)
  down     stop them; what was recorded stays
  status   what runs, what does not
  upgrade  bring the network to the chaincode that is built: install, approve, commit, prove
  add-organization [NAME]   let one more organisation join, with a peer and a gateway of its own (default: customs2,
           a second customs administration); --orderer: with an orderer, too; --msp ID
  reset    stop and forget everything that was recorded (asks first; --yes does not)
  doctor   examine node, packages, Fabric, ports, disk, network, chaincode, gateway; name the first that is wrong

  demo and up take --fabric (Fabric's own programs; the default where they are all on the PATH or in FABRIC_BIN) and
  --embedded (the development network in one process). A folder keeps the network that it began with.

  every command takes --dir FOLDER (default .passage) and --base-port N (default 7400)
TEXT
}

case "${1:-}" in
  demo) set -- "$@" ;;
  up | down | status | upgrade | add-organization | reset | doctor) set -- network "$@" ;;
  "" | help | -h | --help)
    usage
    exit 0
    ;;
  *)
    printf 'test-network.sh: there is no command %s\n\n' "$1" >&2
    usage >&2
    exit 2
    ;;
esac

if ! command -v node >/dev/null 2>&1; then
  echo "test-network.sh: there is no node on the PATH: install Node 20 or newer (it brings npm), then run this again." >&2
  exit 3
fi
exec node "$root/tools/bootstrap.mjs" node "$root/cli/dist/main.js" "$@"
