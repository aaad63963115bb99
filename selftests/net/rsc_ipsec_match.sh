#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -t 900
# What shows IPsec and goes by it, without an IKE daemon: installed-sa, statistics,
# flush; the firewall's ipsec-policy, fasttrack and notrack-chain.
. "$(dirname "$0")/ipsec_kernel_lib.sh"

kernel_sites
rsc_check "policies and rules" R <<EOS
$PEER
/ip ipsec identity add peer=s secret=x notrack-chain=ipsec
/ip ipsec policy add peer=s tunnel=yes src-address=10.1.0.0/24 dst-address=10.2.0.0/24
/ip firewall raw
add chain=prerouting action=jump jump-target=ipsec disabled=yes comment=jump
/ip firewall mangle
add chain=prerouting action=passthrough ipsec-policy=in,ipsec comment=pre
add chain=prerouting action=passthrough ipsec-policy=in,none src-address=10.2.0.0/24 comment=pre-none
add chain=input action=passthrough ipsec-policy=in,ipsec comment=input
add chain=forward action=passthrough ipsec-policy=in,ipsec comment=forward-in
add chain=forward action=passthrough ipsec-policy=out,ipsec comment=forward-out
add chain=output action=passthrough ipsec-policy=out,ipsec comment=output
add chain=postrouting action=passthrough ipsec-policy=out,ipsec comment=post
add chain=postrouting action=passthrough ipsec-policy=out,none dst-address=10.2.0.0/24 comment=post-none
/ip firewall nat
add chain=srcnat action=masquerade ipsec-policy=out,none out-interface=ether1 comment=masquerade
add chain=srcnat action=accept ipsec-policy=out,ipsec comment=bypass
/ip firewall filter
add chain=input action=accept ipsec-policy=in,ipsec comment=accept
add chain=input action=drop src-address=10.2.0.0/24 comment=drop
add chain=forward action=fasttrack-connection connection-state=established comment=fast
add chain=forward action=passthrough ipsec-policy=out,ipsec comment=f-out
EOS
guard=$(priority $GUARD)
check "SAs" daemon_up $((guard - 1)) tunnel 5 10.1.0.0/24 10.2.0.0/24
packets() { # MENU COMMENT
	sl R -j "/ip firewall $1 print stats where comment=\"$2\"" |
		jq '.[0].packets'
}

# --- ipsec-policy: in each chain its packets, and no others
check "there and back" pings HA 10.2.0.2
check "from the other side" pings S 10.1.0.2 -I 10.2.0.2
check "to the router" pings S 10.1.0.1 -I 10.2.0.2
for rule in pre input forward-in forward-out output post; do
	check "ipsec-policy: $rule counts" [ "$(packets mangle $rule)" -gt 0 ]
done
for rule in pre-none post-none; do
	is "ipsec-policy: $rule has nothing to count" 0 "$(packets mangle $rule)"
done
check "ipsec-policy: filter" [ "$(packets filter accept)" -gt 0 ]
is "ipsec-policy: and what is behind it" 0 "$(packets filter drop)"
check "ipsec-policy: filter, out" [ "$(packets filter f-out)" -gt 0 ]
check "ipsec-policy: srcnat" [ "$(packets nat bypass)" -gt 0 ]
was=$(packets nat masquerade)
check "in clear: to elsewhere" busywait 60 openly HA $B
check "ipsec-policy: srcnat of what is in clear" \
	[ "$(packets nat masquerade)" -gt "$was" ]

# --- fasttrack: a flow with a policy stays with the stack
say() { # FROM FROM-PORT TO TO-PORT TEXT
	ip netns exec "$1" "$NET_DIR/payload.py" say "${@:2}"
}
hear() { # NS ADDRESS PORT: to $TMP/NS.heard
	rm -f "$TMP/$1.heard"
	ip netns exec "$1" "$NET_DIR/payload.py" hear "$2" "$3" \
		>"$TMP/$1.heard" &
	HEARS=$!
	BACKGROUND+=("$HEARS")
	busywait 30 bound "$1" "$3"
}
bound() { ip netns exec "$1" ss -Huln "sport = :$2" | grep -q .; }
deaf() {
	kill $HEARS 2>/dev/null
	wait $HEARS 2>/dev/null
}
heard() { busywait "${2:-30}" test -s "$TMP/$1.heard"; }
datagram() { # NAME FROM-NS FROM FROM-PORT TO-NS TO TO-PORT
	hear "$5" "$6" "$7"
	say "$2" "$3" "$4" "$6" "$7" $PAYLOAD
	check "$1" heard "$5"
	wait $HEARS
}
wan_begin
for n in 1 2 3; do
	datagram "UDP $n: there" HA 10.1.0.2 4000 S 10.2.0.2 5000
	datagram "UDP $n: back" S 10.2.0.2 5000 HA 10.1.0.2 4000
done
check "fasttrack: its counter moves" [ "$(packets filter fast)" -gt 1 ]
is "fasttrack: the flow is not in the table" 0 "$(ip netns exec R \
	grep -c 'dport=5000.*OFFLOAD' /proc/net/nf_conntrack)"
wan_clean "UDP" esp
# the other side loses its SAs, and says the same in clear
ip -n S xfrm policy flush
hear HA 10.1.0.2 4000
say S 10.2.0.2 5000 10.1.0.2 4000 spoofed
check "fasttrack: what comes in clear of that flow is dropped" not heard HA 2
deaf
# shellcheck disable=SC2154 # of the library
for dir in out in; do
	sel="src 10.2.0.0/24 dst 10.1.0.0/24"
	[ $dir = in ] && sel="src 10.1.0.0/24 dst 10.2.0.0/24"
	check "the other side is back: $dir" policy S $dir 100 tunnel 5 "$sel"
done
datagram "the flow goes on" S 10.2.0.2 5000 HA 10.1.0.2 4000
# a flow that is in the table before there is a policy
for n in 1 2 3; do
	datagram "in clear $n: there" HA 10.1.0.2 4003 S 10.3.0.2 5003
	hear HA 10.1.0.2 4003
	say S 10.3.0.2 5003 $A 4003 openly
	check "in clear $n: back" heard HA
	wait $HEARS
done
is "in clear: the flow is in the table" 1 "$(ip netns exec R \
	grep -c 'dport=5003.*OFFLOAD' /proc/net/nf_conntrack)"
check "a policy for it" sl R "/ip ipsec policy add peer=s tunnel=yes src-address=10.1.0.0/24 dst-address=10.3.0.0/24"
hear S 10.3.0.2 5003
say HA 10.1.0.2 4003 10.3.0.2 5003 openly
check "a policy for it: nothing leaves" not heard S 2
deaf
hear HA 10.1.0.2 4003
say S 10.3.0.2 5003 10.1.0.2 4003 openly
check "a policy for it: nothing comes" not heard HA 2
deaf

# --- notrack-chain
tracked() {
	ip netns exec R grep -c 'src=10.1.0.2 dst=10.2.0.2.*dport=6000' \
		/proc/net/nf_conntrack
}
rules() { sl R -j '/ip firewall raw print stats where chain=ipsec'; }
command -v charon-systemd >/dev/null || skip_all "no strongSwan"
check "the peer is enabled" sl R '/ip ipsec peer set s disabled=no passive=yes'
is "notrack-chain: dynamic rules, both directions" \
	"true 10.1.0.0/24 10.2.0.0/24 true 10.2.0.0/24 10.1.0.0/24" \
	"$(sl R -j '/ip firewall raw print where chain=ipsec' | jq -r '.[] |
		.dynamic, ."src-address", ."dst-address"' | head -6 | xargs)"
check "notrack-chain: they are not exported" not grep -q notrack \
	<<<"$(sl R /ip firewall raw export)"
datagram "without the jump: UDP" HA 10.1.0.2 4001 S 10.2.0.2 6000
is "without the jump: is tracked" 1 "$(tracked)"
check "the jump" sl R '/ip firewall raw set [find comment=jump] disabled=no'
datagram "with the jump: there" HA 10.1.0.2 4002 S 10.2.0.2 6000
datagram "with the jump: back" S 10.2.0.2 6000 HA 10.1.0.2 4002
is "with the jump: is not tracked" 1 "$(tracked)"
is "with the jump: both rules count" true \
	"$(rules | jq 'map(select(tostring | contains("10.2.0.0/24"))) |
		length == 2 and all(.packets > 0)')"
is "with the jump: twice is once" "" "$(again R)"
check "without notrack-chain" sl R '/ip ipsec identity set 0 notrack-chain=""'
check "the peer is disabled" sl R '/ip ipsec peer set s disabled=yes'
is "without notrack-chain: no rules" 0 "$(rules | jq length)"
is "without notrack-chain: none in the kernel" "" \
	"$(ip netns exec R nft list table ip sitelink | grep notrack)"

# --- installed-sa
sas() { sl R -j /ip ipsec installed-sa print "$@"; }
# the daemon's end was that of all
ip -n R xfrm state flush
check "SAs again" esp R tunnel 5
ping1 HA 10.2.0.2 >/dev/null
is "installed-sa: all of them" 2 "$(sas | jq length)"
is "installed-sa: what the kernel says" \
	"$(ip -n R xfrm state | awk '
		$1 == "src" { src = $2; dst = $4 }
		$2 == "esp" { print src, dst, $4 }' |
		sort)" \
	"$(sas | jq -r '.[] | "\(."src-address") \(."dst-address") \(.spi | ascii_downcase)"' |
		sort)"
is "installed-sa: algorithms" \
	"aes-gcm 160 null mature 32 aes-cbc 256 sha256 mature 32" \
	"$(sas | jq -r 'sort_by(.spi)[] | ."enc-algorithm", ."enc-key-size",
		."auth-algorithm", .state, .replay' | xargs)"
is "installed-sa: lifetimes" "24m/30m" \
	"$(sas | jq -r 'sort_by(.spi)[0]."add-lifetime"')"
is "installed-sa: octets" \
	"$(ip -n R -s xfrm state | awk '/lifetime current/ { getline; print +$1 }' |
		sort)" "$(sas | jq -r '.[]."current-bytes"' | sort)"
is "installed-sa: flags" "false true" \
	"$(sas | jq -r '.[0] | .AH, .ESP' | xargs)"
check "installed-sa: no keys" not grep -q 00000000 <<<"$(sas | grep -v spi)"
is "installed-sa: keys, when asked for" "$CBC $SHA" \
	"$(sas show-sensitive | jq -r 'sort_by(.spi)[1] |
		"0x" + ."enc-key", "0x" + ."auth-key"' | xargs)"
ip -n R xfrm state add src $A dst $B proto ah spi 0x2001 mode transport \
	auth-trunc 'hmac(sha1)' 0x"$(printf '%040d' 1)" 96 \
	limit time-soft 1 limit time-hard 100000
is "installed-sa: AH" "true false sha1 null" "$(sas where AH=yes |
	jq -r '.[0] | .AH, .ESP, ."auth-algorithm", ."enc-algorithm"' | xargs)"
state() { [ "$(sas where AH=yes | jq -r '.[0].state')" = "$1" ]; }
check "installed-sa: dying" busywait 30 state dying
ip netns exec R ip xfrm state allocspi src $A dst $B proto esp >/dev/null
is "installed-sa: larval" 1 "$(sas where state=larval | jq length)"

# --- statistics
ping1 HA 10.2.0.2 -c 3 >/dev/null
# shellcheck disable=SC2016 # awk's
is "statistics: each as the kernel has it" \
	"$(ip netns exec R awk 'NR <= 25 { print $2 }' \
		/proc/thread-self/net/xfrm_stat | xargs)" \
	"$(sl R -j /ip ipsec statistics print | jq -r 'if type == "array" then
		.[0] else . end | del(.".id", .number) | .[]' | xargs)"
check "statistics: not all of them zeros" \
	[ "$(sl R -j /ip ipsec statistics print |
		jq 'del(.. | .number?) | [.. | numbers] | add')" -gt 0 ]

# --- flush
check "installed-sa flush" sl R /ip ipsec installed-sa flush
is "flush: no SA is left" "" "$(ip -n R xfrm state)"
is "flush: nothing to show" 0 "$(sas | jq length)"
check "flush: policies of ours stay" [ -n "$(of_kind $GUARD)" ]
check "flush: nothing leaves" not ping1 HA 10.2.0.2
check "flush: and once more" sl R /ip ipsec installed-sa flush
finish
