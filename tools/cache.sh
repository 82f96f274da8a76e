# Sets `cache` to the folder for everything slow to make, as lib/cache.ts does. The scripts of this checkout source it.
if [ -z "${MESH_CACHE:-${XDG_CACHE_HOME:-${HOME:-}}}" ]; then
  echo "HOME is not set, so that downloads have no place: name a folder for them in MESH_CACHE, and run this again" >&2
  exit 2
fi
MESH_CACHE=${MESH_CACHE:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/mesh-testbed}
# Whatever is called from here finds the same one, in whichever folder it runs.
case $MESH_CACHE in
/*) ;;
*) MESH_CACHE=$PWD/$MESH_CACHE ;;
esac
export MESH_CACHE
cache=$MESH_CACHE
case ${MESH_CACHE_FROM:-} in
/* | "") ;;
*) export MESH_CACHE_FROM="$PWD/$MESH_CACHE_FROM" ;;
esac
