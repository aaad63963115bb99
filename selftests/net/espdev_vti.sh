#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# vti and xfrm interfaces over espdev: they see their packets, count them, and
# check them by their policies, on both ways; in-tree and ours.
. "$(dirname "$0")/espdev_lib.sh"

espdev_sites engine auto || exit 1

# sas_for NS ME YOU WORD...: tunnel mode, for what has WORDs (mark 7, if_id 7)
sas_for() {
	local ns=$1 me=$2 you=$3 a src dst dir any offload
	shift 3
	for a in "$me $you out" "$you $me in"; do
		read -r src dst dir <<<"$a"
		offload=
		[ "$ns" = B ] || offload="offload dev esp0 dir $dir"
		# shellcheck disable=SC2086 # words
		ip -n "$ns" xfrm state add src "192.0.2.$src" \
			dst "192.0.2.$dst" proto esp spi "0x20$src" reqid 1 \
			mode tunnel flag af-unspec replay-window 32 "$@" \
			aead 'rfc4106(gcm(aes))' "$(key 20)" 128 $offload
		for any in 0.0.0.0/0 ::/0; do
			ip -n "$ns" xfrm policy add src $any dst $any \
				dir "$dir" "$@" tmpl src "192.0.2.$src" \
				dst "192.0.2.$dst" proto esp reqid 1 mode tunnel
		done
	done
}

ends() { # KIND
	local a ns me you dev words
	for a in "A 1 2 esp0" "B 2 1 wan"; do
		read -r ns me you dev <<<"$a"
		words="local 192.0.2.$me remote 192.0.2.$you key 7"
		[ "$1" = vti ] || words="dev $dev if_id 7"
		# shellcheck disable=SC2086 # words
		ip -n "$ns" link add tun type "$1" $words &&
			ip -n "$ns" addr add "10.7.0.$me/24" dev tun &&
			ip -n "$ns" addr add "fd07::$me/64" dev tun nodad &&
			ip -n "$ns" link set tun up || return
	done
}

# agrees: what comes and goes while pings do is counted by both alike; once in a
# while a router solicitation falls between two readings
agrees() {
	local before
	before=$(differ)
	ping_ns A 10.7.0.2 5 && [ "$(differ)" = "$before" ]
}
differ() {
	echo $(($(counter A esp0 tx_esp) - $(stat A tun tx_packets))) \
		$(($(counter A esp0 rx_esp) - $(stat A tun rx_packets)))
}

# through KIND MARK...: traffic by the engine that the interface sees
through() {
	local kind=$1 tx rx
	shift
	check "$NAME: an interface each" ends "$kind"
	sas_for A 1 2 "$@"
	sas_for B 2 1 "$@"
	check "$NAME: reached" busywait 20 ping_ns A 10.7.0.2
	tx=$(counter A esp0 tx_esp) rx=$(counter A esp0 rx_esp)
	check "$NAME: pings" ping_ns A 10.7.0.2 5
	check "$NAME: IPv6" ping_ns A fd07::2 5
	check "$NAME: the engine had them out" \
		at_least $((tx + 10)) counter A esp0 tx_esp
	check "$NAME: and in" at_least $((rx + 10)) counter A esp0 rx_esp
	check "$NAME: the interface counts what the engine does" \
		busywait 60 agrees
	iperf_server B -1
	check "$NAME: TCP" ip netns exec A iperf3 -c 10.7.0.2 -n 1M
	iperf_server B -1
	check "$NAME: and back" ip netns exec A iperf3 -c 10.7.0.2 -n 1M -R
	# a rule for the interface sees it, and one for the device below does not
	ip netns exec A nft add table ip t
	ip netns exec A nft add chain ip t in '{ type filter hook input priority 0; }'
	ip netns exec A nft add rule ip t in iifname tun icmp type echo-request drop
	check "$NAME: a rule for the interface matches" \
		not ip netns exec B ping -q -c 2 -i 0.2 -W 1 10.7.0.1
	ip netns exec A nft delete table ip t
	check "$NAME: without it" ping_ns B 10.7.0.1
	# the policy is asked
	rx=$(stat A tun rx_packets)
	for any in 0.0.0.0/0 ::/0; do
		ip -n A xfrm policy del src $any dst $any dir in "$@"
	done
	check "$NAME: nothing comes in without a policy" \
		not ip netns exec B ping -q -c 2 -i 0.2 -W 1 10.7.0.1
	check "$NAME: which is counted" at_least 2 xfrm_stat A XfrmInNoPols
	for n in A B; do
		no_esp $n
		ip -n $n link del tun
	done
}

for owner in ip_vti sitelink_vti; do
	modprobe $owner || { fail "no $owner"; continue; }
	NAME=$owner through vti mark 7
	check "$owner goes" rmmod $owner
done
modprobe xfrm_interface
NAME=xfrm through xfrm if_id 7
finish
