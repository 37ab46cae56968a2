#!/usr/bin/env bash
# The long form of the fault tests (tests/LogMl.Host.Tests/Faults and Cluster), and the tables of docs/reliability.md: every row is written by a test that has passed.
# Usage: tests/reliability.sh [kills [part]]   How often a process is killed, 200 by default; what takes longer is done less often. 200 take an hour. The part is a part of
# the tests' names, such as Cluster or Cluster.KillDrills. It ends with 1 when a promise is broken.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=true DOTNET_CLI_TELEMETRY_OPTOUT=true MSBUILDDISABLENODEREUSE=1
export LOGML_KILLS="${1:-200}"
rows=$(mktemp -d)
trap 'rm -rf "$rows"' EXIT
export LOGML_FAULT_TABLE="$rows/rows"

dotnet build tests/LogMl.Host.Tests -v quiet >&2
failed=0
dotnet test tests/LogMl.Host.Tests --no-build --filter "${2:+FullyQualifiedName~$2&}(FullyQualifiedName~LogMl.Host.Tests.Faults|FullyQualifiedName~LogMl.Host.Tests.Cluster)" < /dev/null >&2 || failed=1

echo "| fault | store | times | trials | told complete | complete | repeated | given up |"
echo "|---|---|---:|---:|---:|---:|---:|---:|"
sort "$rows/rows" 2> /dev/null || true
echo
echo "| fault of nodes, PostgreSQL | times | trials | seen complete | complete | repeated | given up | seconds until work went on (median) | (most) |"
echo "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
sort "$rows/rows.nodes" 2> /dev/null || true
echo
echo "| what is wrong | times | error |"
echo "|---|---:|---|"
sort "$rows/rows.refusals" 2> /dev/null || true
if [ "$failed" -ne 0 ]; then
    echo "Not all tests have passed: the tables lack rows." >&2
    exit 1
fi
