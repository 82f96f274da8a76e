#!/bin/sh
# First process of the node's own mount, network and pid namespaces. Ending it ends everything in them.
# usage: holder.sh <folder of the instance> <pause program>
set -eu
instance=$1
pause=$2

mount --make-rprivate /
mount -t proc proc /proc
# What the node's programs write at fixed places stays in the node.
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/lock
mount --bind "$instance/var-lib" /var/lib
mount --bind "$instance/var-log" /var/log
mount --make-rshared /

# The kubelet sets these for the whole machine; in the node they are plain files, so that the machine keeps its own.
for setting in vm/overcommit_memory=1 vm/panic_on_oom=0 kernel/panic=10 kernel/panic_on_oops=1 \
  kernel/keys/root_maxkeys=1000000 kernel/keys/root_maxbytes=25000000; do
  name=${setting%=*}
  file=$instance/sysctl/$(echo "$name" | tr / .)
  echo "${setting#*=}" >"$file"
  mount --bind "$file" "/proc/sys/$name"
done

ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
touch "$instance/holder.ready"
exec "$pause"
