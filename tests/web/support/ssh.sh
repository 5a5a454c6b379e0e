#!/bin/sh
# Stands for ssh in tests: runs the command here, where possible in a network namespace of its own, as if on another host.
while [ "${1#-}" != "$1" ]; do
  case "$1" in
    --) shift; break ;;
    -[bcDEeFIiJLlmOopQRSWw]) shift 2 ;;
    *) shift ;;
  esac
done
shift
[ "$1" = -- ] && shift
if unshare --net true 2>/dev/null; then
  exec unshare --net sh -c "$*"
fi
exec sh -c "$*"
