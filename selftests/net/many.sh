#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -i -t 1500
# 4,096 tunnels in one namespace: one remote with 4,096 ids, then 4,096
# remotes with one id, traffic on all of them. A packet costs at most 5 % more
# instructions than with one tunnel.
. "$(dirname "$0")/lib.sh"

N=4096
PACKETS=4096

# far and near: the sender's ends, then the receiver's, as `ip -batch` lines
links() { # NS REMOTES-ALIKE COUNT
	local ns=$1 count=$3 i me you id
	for ((i = 0; i < count; i++)); do
		if [ "$ns" = A ]; then
			me=10.1.0.1 you=10.1.0.2
		else
			me=10.1.0.2 you=10.1.0.1
		fi
		id=$i
		if [ "$2" = remotes ]; then
			id=7
			if [ "$ns" = A ]; then
				you=10.2.$((i >> 8)).$((i & 255))
			else
				me=10.2.$((i >> 8)).$((i & 255))
			fi
		fi
		echo "link add name t$i mtu 1400 type eoip local $me remote $you tunnel-id $id keepalive off"
		echo "link set t$i up addrgenmode none"
	done
}

build() { # ids|remotes COUNT
	setup_ns A B
	ip link add wan netns A type veth peer name wan netns B
	ip -n A addr add 10.1.0.1/24 dev wan
	ip -n B addr add 10.1.0.2/24 dev wan
	for n in A B; do
		sysctl_ns $n net.ipv6.conf.default.disable_ipv6=1
		ip -n $n link set wan up
	done
	# every address of 10.2/16 is B's, one neighbour for A
	ip -n B route add local 10.2.0.0/16 dev lo
	ip -n A route add 10.2.0.0/16 via 10.1.0.2
	links A "$1" "$2" | ip -n A -batch - || fail "$2 tunnels in A"
	links B "$1" "$2" | ip -n B -batch - || fail "$2 tunnels in B"
	ip netns exec A ping -q -c1 10.1.0.2 >/dev/null
}

received() {
	ip netns exec B sh -c 'cat /sys/class/net/t*/statistics/rx_packets' |
		awk '{ s += $1; if ($1) n++ } END { print s + 0, n + 0 }'
}

declare -A result
for t in "one ids 1" "ids ids $N" "remotes remotes $N"; do
	read -r name what count <<<"$t"
	build "$what" "$count"
	result[$name]=$(ip netns exec A "$BIN/spray" t "$count" $PACKETS)
	is "$name: every packet arrived, on each tunnel" \
		"$((PACKETS + count)) $count" "$(received)"
	if [ "$name" != one ]; then
		share=$((result[$name] * 1000 / result[one]))
		check "$name: $N tunnels, ${result[$name]} instructions a packet; one: ${result[one]}" \
			[ "$share" -le 1050 ]
	fi
	ip netns del A
	ip netns del B
	busywait 60 sh -c '! ip netns | grep -q .'
done
finish
