#!/bin/sh
# Starts logml with what this folder has:
#   ./search worker           joins the study, and runs trials of it
#   ./search worker --help    says how many, for how long, and what the exit codes mean
#   ./search                  lists the other verbs
# The folder may be moved and may be read-only. It needs the .NET runtime, or has it in the folder dotnet.

self=$0
while [ -h "$self" ]; do
    target=$(readlink "$self")
    case $target in
        /*) self=$target ;;
        *) self=$(dirname "$self")/$target ;;
    esac
done
here=$(CDPATH='' cd -- "$(dirname -- "$self")" && pwd -P) || exit 64

if [ -x "$here/dotnet/dotnet" ]; then
    DOTNET_ROOT=$here/dotnet
    export DOTNET_ROOT
    dotnet=$here/dotnet/dotnet
elif [ -n "${DOTNET_ROOT:-}" ] && [ -x "$DOTNET_ROOT/dotnet" ]; then
    dotnet=$DOTNET_ROOT/dotnet
elif command -v dotnet > /dev/null 2>&1; then
    dotnet=dotnet
else
    echo "There is no dotnet: neither in DOTNET_ROOT nor on the PATH. Install the .NET runtime, or pack with -p:SelfContained=true." >&2
    exit 64
fi

[ $# -gt 0 ] || set -- --help

# exec, so that signals of a scheduler reach logml. Its verb watch alone needs ASP.NET Core, which not every .NET runtime brings.
case $1 in
    watch) exec "$dotnet" exec "$here/host/LogMl.Tool.dll" "$@" ;;
    *) exec "$dotnet" exec --depsfile "$here/host/LogMl.Search.deps.json" --runtimeconfig "$here/host/LogMl.Host.runtimeconfig.json" \
        "$here/host/LogMl.Tool.dll" "$@" ;;
esac
