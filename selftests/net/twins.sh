#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Kinds that the kernel has, too: the same command lines give the same devices
# with its module and with ours; RouterOS' words bring RouterOS' defaults; what
# cannot be is refused by a sentence and changes nothing.
. "$(dirname "$0")/lib.sh"

setup_ns A B
wan A B

# add KIND WORD...: a tunnel x
add() {
	local kind=$1
	shift
	ip -n A link add x type "$kind" "$@" 2>&1
}

# looks: flags, mtu, addresses and the words of x
looks() {
	ip -n A -d link show x | sed -E '
		1 s/.*(<.*>).*(mtu [0-9]+).*/\1 \2/
		2 { s/ promiscuity.*//; s/ether [0-9a-f:]{17}/ether MAC/ }
		3 { s/ addrgenmode.*//; s/ keepalive .*//; s/ *$// }'
}

lines() {
	cat <<-'END'
	gre
	gre dev wan
	ipip
	ipip dev wan
	gre local 192.0.2.1 remote 192.0.2.2
	gre local 192.0.2.1 remote 192.0.2.2 ttl 64 tos inherit
	gre remote 192.0.2.2 tos 0x10 nopmtudisc
	gre remote 192.0.2.2 nopmtudisc ignore-df
	gre remote 192.0.2.2 key 7
	gre remote 192.0.2.2 ikey 1 okey 1.2.3.4 csum
	gre remote 192.0.2.2 icsum iseq
	gre remote 192.0.2.2 ocsum oseq fwmark 0x11 dev wan
	gre remote 203.0.113.9
	gre remote 203.0.113.9 dev wan
	gre local 192.0.2.1
	gre local 192.0.2.1 remote 224.66.66.66
	gretap local 192.0.2.1 remote 192.0.2.2
	gretap remote 192.0.2.2 key 9 seq ttl 3
	gretap remote 192.0.2.2 nopmtudisc ignore-df tos inherit
	ipip local 192.0.2.1 remote 192.0.2.2
	ipip remote 192.0.2.2 ttl 9 tos 4 mode ipip
	ipip remote 192.0.2.2 nopmtudisc fwmark 3 dev wan
	ipip local 192.0.2.1 tos inherit
	vti local 192.0.2.1 remote 192.0.2.2 key 7
	vti remote 192.0.2.2 ikey 1 okey 1.2.3.4 dev wan
	vti local 192.0.2.1 remote 192.0.2.2 fwmark 3
	vti local 192.0.2.1 key 5
	vti
	vti dev wan
	vti remote 203.0.113.9
	END
}

# all WHOSE: each line's device as WHOSE module makes it, and after a change
all() {
	local n=0 line kind words
	mkdir -p "$TMP/$1"
	while read -r line; do
		read -r kind words <<<"$line"
		# shellcheck disable=SC2086 # words
		{
			add $kind $words && looks
			case $line in *224.*) ;; *)
				ip -n A link set x type $kind ttl 11 pmtudisc
				looks
				ip -n A link set wan mtu 1400
				ip -n A link set x type $kind fwmark 5
				looks
				ip -n A link set wan mtu 1500
				;;
			esac
			ip -n A link del x
		} 2>&1 | sed -E 's/^(RTNETLINK answers|Error):.*/refused/' \
			>"$TMP/$1/$n"
		n=$((n + 1))
	done < <(lines)
}

modprobe -a ip_gre ipip ip_vti
all stock
rmmod ip_gre ipip ip_vti || fail "in-tree modules unload"
modprobe -a sitelink_gre sitelink_ipip sitelink_vti || fail "ours load"
is "it is ours that answer" "sitelink_gre sitelink_ipip sitelink_vti" \
	"$(sed -nE 's/^(sitelink_(gre|ipip|vti)|ip_gre|ipip|ip_vti) .*/\1/p' \
		/proc/modules | sort | xargs)"
all ours
n=0
while read -r line; do
	is "as in-tree: $line" "$(cat "$TMP/stock/$n")" "$(cat "$TMP/ours/$n")"
	n=$((n + 1))
done < <(lines)

# who comes second says so
modprobe ip_gre 2>/dev/null
modprobe ipip 2>/dev/null
modprobe ip_vti 2>/dev/null
add gre remote 192.0.2.2 keepalive 7,3
like "ours stay when the others come" "keepalive 7,3" \
	"$(ip -n A -d link show x)"
ip -n A link del x
rmmod sitelink_gre sitelink_ipip sitelink_vti
rmmod ip_gre ipip ip_vti 2>/dev/null
modprobe -a ip_gre ipip ip_vti
for m in gre:ip_gre ipip:ipip vti:ip_vti; do
	# modprobe takes EEXIST for "loaded already"
	modprobe sitelink_${m%:*}
	is "sitelink_${m%:*} comes second" "" \
		"$(grep "^sitelink_${m%:*} " /proc/modules)"
	like "sitelink_${m%:*} says whose it is" \
		"belongs to .*rmmod ${m#*:}, modprobe sitelink_${m%:*}" \
		"$(dmesg | grep "sitelink_${m%:*}: ")"
done
rmmod ip_gre ipip ip_vti
modprobe -a sitelink_gre sitelink_ipip

# RouterOS' words, RouterOS' defaults
ros() { # NAME WANT KIND WORD...
	local name=$1 want=$2
	shift 2
	add "$@"
	like "$name" "$want" "$(ip -n A -d link show x | xargs)"
	ip -n A link del x
}
ros "gre: one word brings them all" \
	"mtu 1476 .*gre remote 192.0.2.2 local any ttl 255 tos inherit nopmtudisc ignore-df keepalive 10,10 clamp-tcp-mss on dont-fragment no dscp inherit allow-fast-path on mtu auto" \
	gre remote 192.0.2.2 clamp-tcp-mss on
ros "ipip: keepalive stays off" \
	"mtu 1480 .*ttl 255 tos inherit nopmtudisc keepalive off clamp-tcp-mss on dont-fragment no dscp inherit allow-fast-path on mtu auto" \
	ipip remote 192.0.2.2 allow-fast-path on
ros "ipip: unless asked for" "keepalive 10,10" \
	ipip remote 192.0.2.2 keepalive 10
ros "in-tree words besides" \
	"ttl 64 tos 0x28 nopmtudisc .*keepalive off .*dont-fragment inherit dscp 10" \
	gre remote 192.0.2.2 ttl 64 dscp 10 dont-fragment inherit keepalive off
ros "pmtudisc when typed" "keepalive off clamp-tcp-mss on dscp inherit" \
	gre remote 192.0.2.2 pmtudisc keepalive off
ros "gretap: loop-protect" "keepalive off .*loop-protect on" \
	gretap remote 192.0.2.2 loop-protect on
add gre remote 192.0.2.2 key 3 ttl 7
ip -n A link set x type gre keepalive 4,5
like "a change leaves what it does not name" \
	"ttl 7 .*ikey 0.0.0.3 okey 0.0.0.3 keepalive 4,5 clamp-tcp-mss off" \
	"$(ip -n A -d link show x | xargs)"
ip -n A link set x type gre ttl 8
like "nor does one by stock words" "ttl 8 .*keepalive 4,5" \
	"$(ip -n A -d link show x | xargs)"
is "JSON" '{"ka":4,"r":5,"auto":false}' "$(ip -n A -d -j link show x |
	python3 -c '
import json, sys
d = json.load(sys.stdin)[0]["linkinfo"]["info_data"]
print(json.dumps({"ka": d["keepalive-interval"], "r": d["keepalive-retries"],
	"auto": d["mtu-auto"]}, separators=(",", ":")))')"

# refused, and x is as it was
before=$(ip -n A -d link show x)
refused() { # SENTENCE COMMAND...
	local want=$1
	shift
	like "refused: $*" "$want" "$(ip -n A link "$@" 2>&1)"
}
refused "external: only with the in-tree" add y type gre external
refused "encap: only with the in-tree" add y type gre remote 192.0.2.2 \
	encap fou encap-sport 5555
refused "encap: only with the in-tree" add y type ipip remote 192.0.2.2 \
	encap gue encap-sport 5555
refused "external: only with the in-tree" add y type ipip external
refused "mode: ipip or any" add y type ipip remote 192.0.2.2 mode mplsip
refused "only gre knows groups" add y type ipip remote 224.1.1.1
refused "remote: not the broadcast" add y type gre remote 255.255.255.255
refused "local: a unicast" add y type gre remote 192.0.2.2 local 224.1.1.1
refused "remote: an IPv4 address is needed" add y type gretap local 192.0.2.1
refused "keepalive: needs a unicast remote" add y type gre keepalive 10
refused "keepalive: gretap has none" add y type gretap remote 192.0.2.2 \
	keepalive 10
refused "loop-protect: only kinds that carry frames" add y type gre \
	remote 192.0.2.2 loop-protect on
refused "keepalive: interval is 0" add y type gre remote 192.0.2.2 \
	keepalive 90000
refused "dscp: 0 to 63" add y type ipip remote 192.0.2.2 dscp 64
refused "ignore-df: needs pmtudisc off" add y type gre remote 192.0.2.9 \
	pmtudisc ignore-df allow-fast-path on
refused "mtu: 0 \(auto\), or 68" add y mtu 60 type gre remote 192.0.2.9
refused "mtu: 0 \(auto\), or 68" add y mtu 65512 type gre remote 192.0.2.9
refused "remote, local and tunnel-id or key exists" add y type gre \
	remote 192.0.2.2 key 3
refused "cannot change between none, a host and a group" \
	set x type gre remote 224.1.1.1 local 192.0.2.1 keepalive off
is "none of it changed anything" "$before" "$(ip -n A -d link show x)"
is "none of it left anything" "" "$(ip -n A -o link show | grep ' y[:@]')"
finish
