#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# espdev as a device: what it refuses to be, what it asks of the device below, that
# it is deaf when it is down; and a peer whose packets bring nothing along.
. "$(dirname "$0")/espdev_lib.sh"

espdev_sites || exit 1

# --- what it cannot be
ip -n A link add wan2 type veth peer name wan3
said() { # NAME SENTENCE WORD...
	local name=$1 sentence=$2
	shift 2
	like "refused: $name" "$sentence" \
		"$(ip -n A link add link wan2 name esp1 "$@" 2>&1)"
}
said "several queues" "numtxqueues: 1, " numtxqueues 4 type espdev
said "more than the device below can" "mtu: at most the lower device's" \
	mtu 1501 type espdev
is "neither is there" "" "$(ip -n A link show esp1 2>/dev/null)"
check "as much as it can" ip -n A link add link wan2 name esp1 mtu 1500 type espdev
ip -n A link del wan2

# --- promiscuous, and all multicast: 100 and 200
below() {
	printf '%x' $(($(ip netns exec A cat /sys/class/net/wan/flags) & 0x300))
}
# turn STATE WANT: of esp0, and what is to be below then
turn() {
	# shellcheck disable=SC2086 # words
	ip -n A link set esp0 $1
	is "esp0 $1: below" "$2" "$(below)"
}
is "nothing asked: below" 0 "$(below)"
turn "promisc on" 100
turn "allmulticast on" 300
turn down 0
turn up 300
turn "promisc off" 200
turn down 0
turn "allmulticast off" 0
turn "promisc on" 0
turn up 100
turn "promisc off" 0

# --- down: GRO is not what makes it deaf
# shellcheck disable=SC2016 # awk's
echoes() {
	ip netns exec A awk '/^Icmp:/ && /[0-9]/ { print $10 }' /proc/net/snmp
}
mac=$(ip netns exec A cat /sys/class/net/esp0/address)
ip -n B neigh replace 192.0.2.1 lladdr "$mac" dev wan nud permanent
for gro in on off; do
	ip netns exec A ethtool -K esp0 gro $gro
	was=$(echoes)
	check "GRO $gro: up" ping_ns B 192.0.2.1
	is "GRO $gro: it is heard" $((was + 1)) "$(echoes)"
	ip -n A link set esp0 down
	check "GRO $gro: down" not ip netns exec B ping -q -c 3 -i 0.2 -W 1 192.0.2.1
	is "GRO $gro: it is not" $((was + 1)) "$(echoes)"
	ip -n A link set esp0 up
	ip -n A addr flush dev esp0
	ip -n A -6 addr flush dev esp0 scope global
	live_on A esp0
done
ip -n B neigh del 192.0.2.1 dev wan
ip netns exec A ethtool -K esp0 gro on

# --- a bridge sends nothing with a packet that the sender's stack has noted of it
ip -n B addr flush dev wan
ip -n B -6 route flush dev wan
ip -n B link add br0 type bridge
ip -n B link set wan master br0
ip -n B link set br0 up
live_on B br0
check "B behind a bridge" busywait 20 ping_ns A 2001:db8::2
gcm=$(aead 'rfc4106(gcm(aes))' 20 128)
for v in "tunnel 4" "transport 4" "tunnel 6" "transport 6"; do
	# shellcheck disable=SC2086 # words
	sas $v noesn $gcm
	was=$(counter A esp0 rx_esp)
	# shellcheck disable=SC2086 # words
	check "$v" ping_ns A "$(far $v)"
	check "$v: by the device" at_least $((was + 1)) counter A esp0 rx_esp
done
no_sas
is "nothing went wrong" "" "$(xfrm_stat A)$(xfrm_stat B)"
finish
