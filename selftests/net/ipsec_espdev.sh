#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# IPsec whose addresses are on espdev: the SAs are offloaded, made anew when the
# device was down, and left to the stack where the kernel cannot do otherwise.
. "$(dirname "$0")/ipsec_tunnel_lib.sh"

modprobe sitelink_espdev || skip_all "no sitelink_espdev"
modprobe sitelink_cryptoapi
modprobe -a esp4_offload esp6_offload aesni_intel
for m in eoip gre ipip 6to4; do
	modprobe sitelink_$m || skip_all "no sitelink_$m"
done
ipsec_sites 198.51.100.1 203.0.113.2 10.1.0 10.2.0
# a tunnel without carrier has no route: then there is no other
for n in A B; do
	ip -n $n route add blackhole 10.0.0.0/24 metric 9999
	ip -n $n -6 route add blackhole 2001:db8:9::/64 metric 9999
done
# moves NS ADDRESS: what the WAN's interface had moves on to espdev
moves() {
	ip -n "$1" addr flush dev wan
	ip -n "$1" link add link wan name esp0 type espdev
	ip -n "$1" addr add "$2/24" dev esp0
	ip -n "$1" link set esp0 up
	ip -n "$1" route add default via "${2%.*}.254"
}
moves A "$WAN_A"
moves B "$WAN_B"
check "WAN: over espdev" busywait 30 ping_ns A "$WAN_B"

# offloaded NS [DIRECTION]: SAs of which the kernel says so
offloaded() {
	ip -n "$1" xfrm state |
		grep -c "crypto offload parameters: dev esp0 dir ${2:-}"
}
# hw NS: what print says of its SAs
hw() {
	of "$1" installed-sa 'map(select(.state != "larval") | .["hw-aead"]) |
		unique | join(" ")'
}
# all of them; and one that sends: of two, since both began, one ends, and what is on
# its way then is lost. What only receives IKEv1 may have left of a phase 1 that ended.
by_esp0() {
	[ "$(offloaded "$1")" = "$(spis "$1" | wc -l)" ] &&
		[ "$(offloaded "$1" out)" = 1 ]
}
both_offloaded() { by_esp0 A && by_esp0 B; }
both_hw() { [ "$(hw A) $(hw B)" = "true true" ]; }
# by_device NAME: sooner or later, if both began
by_device() {
	ipsec_check "$1: offloaded" busywait 60 both_offloaded
	check "$1: hw-aead" busywait 60 both_hw
}
moved() { counter "$1" esp0 "$2"; }

# --- tunnels with a secret
for kind in eoip gre ipip 6to4; do
	wan_begin
	for n in A B; do
		check "$kind: $n" paste $n < <(tunnel $n $kind "$secret")
	done
	ipsec_check "$kind: A to B" busywait 60 through A
	ipsec_check "$kind: B to A" busywait 10 through B
	by_device "$kind"
	before=$(moved A tx_esp)
	ipsec_check "$kind: once more" through A
	check "$kind: by the device" at_least $((before + 1)) moved A tx_esp
	wan_clean "$kind"
done

# --- policies; and a device that goes down with its SAs
settings proposal enc-algorithms=aes-128-gcm
wan_begin
both_paste "policies"
carries "policies"
by_device "policies"
was=$(spis A)
ip -n A link set esp0 down
is "down: the kernel has dropped the SAs" 0 "$(offloaded A)"
ip -n A link set esp0 up
ip -n A route add default via "${WAN_A%.*}.254"
# without traffic that asks for them
ipsec_check "up: the SAs are made again" busywait 120 both_offloaded
carries "up"
check "up: other ones" [ "$(spis A)" != "$was" ]
wan_clean "up"

# --- an engine that can do nothing
# it can be changed while there is no SA
engine() {
	check "$1: A without IPsec" sl A flush
	check "$1: set" busywait 30 ip -n A link set esp0 type espdev engine "$2"
	check "$1: A with IPsec" site_paste A
	carries "$1"
}
engine "no engine" nosuch
is "no engine: A's are the stack's" "0 false" "$(offloaded A) $(hw A)"
engine "an engine" auto
by_device "an engine"

# --- NAT between: before 6.12 the kernel refuses to offload ESP in UDP
for n in A B; do
	check "NAT: $n: flush" sl $n flush
done
nat_between A
wan_begin
settings peer exchange-mode=ike2 passive=yes
FAR=203.0.113.254
check "NAT: B" site_paste B
FAR=
settings peer
check "NAT: A" site_paste A
carries "NAT"
check "NAT: natt-peer" [ "$(of A active-peers '.[0]["natt-peer"]')" = true ]
if [ "$(offloaded A)" = 0 ]; then
	is "NAT: the kernel cannot: hw-aead" false "$(hw A)"
	like "NAT: and print says why" "(kernel|offload|NAT)" \
		"$(of A installed-sa '.[0].comment // ""')$(of A active-peers \
			'.[0].comment // ""')"
else
	is "NAT: the kernel can: hw-aead" true "$(hw A)"
fi
wan_clean "NAT" "udp port 4500 and udp[8:4] != 0"
ipsec_sites_gone
check "espdev's module goes" busywait 60 rmmod sitelink_cryptoapi
finish
