#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The generic netlink families with the kernel's own client and our specs: what
# a program sees that knows nothing but the spec.
. "$(dirname "$0")/lib.sh"

YNL=${SITELINK_BUILD:-$NET_DIR/../../build}/ynl/cli.py
SPECS=$NET_DIR/../../Documentation/netlink/specs

[ -e "$YNL" ] || fail "the client is there" "selftests/vm/ynl fetches it"
ynl() {
	local ns=$1
	shift
	ip netns exec "$ns" /usr/bin/python3 -B "$YNL" \
		--spec "$SPECS/${FAMILY:-sitelink}.yaml" \
		--no-schema --output-json "$@" 2>&1
}

sites eoip
modprobe sitelink_gre
ip -n A link add gre0 type gre remote 192.0.2.9
ping_ns A 10.0.0.2 3 >/dev/null

out=$(ynl A --do tunnel-get --json '{"ifname": "tun"}')
for want in '"kind": "eoip"' '"local": "192.0.2.1"' '"remote": "192.0.2.2"' \
	'"tunnel-id": 7' '"ttl": 255' '"mtu": 0' '"actual-mtu": 1458' \
	'"mtu-reason": "route"' '"running": 1' '"down-reasons": \[\]' \
	'"dont-fragment": "no"' '"loop-protect-status": "off"' \
	'"fast-path-active": 1' '"keepalive": ."last-seen": [0-9]'; do
	like "do: $want" "$want" "$out"
done

# under the same names, in the same order, with the same values
ip -n A link set tun down
ip -n B link set tun down
numbers() { sed 's/[,{]/\n/g' | tr -d ' "}' | grep -E '^[rt]x_'; }
is "counters as ethtool -S has them" \
	"$(ip netns exec A ethtool -S tun | numbers)" \
	"$(ynl A --do tunnel-get --json '{"ifname": "tun"}' | numbers)"

out=$(ynl A --dump tunnel-get)
like "dump: both tunnels" '"ifname": "tun".*"ifname": "gre0"' "$out"
like "dump: why one does not run" '"down-reasons": \["disabled"\]' "$out"

ynl A --subscribe monitor --sleep 15 >"$TMP/ntf" &
client=$!
subscribed() {
	ip netns exec A cat /proc/net/netlink |
		awk '$2 == 16 && $4 !~ /^0*$/ { n++ } END { exit !n }'
}
busywait 10 subscribed
out=$(ynl A --do tunnel-set --json '{"ifname": "tun", "ttl": 9,
	"properties": {"dscp": 10, "dont-fragment": "inherit"}}')
is "set" null "$out"
like "set: and it is" 'ttl 9 .*dont-fragment inherit dscp 10' \
	"$(ip -n A -d link show tun)"
out=$(ynl A --do tunnel-set --json '{"ifname": "tun",
	"properties": {"dscp": 64}}')
like "set: refused with a sentence that names the attribute" \
	"dscp: 0 to 63 or 255.*properties.dscp" "$out"
ip -n A link del tun
wait "$client"
like "subscribe: the change and the end" \
	'"tunnel-change-ntf".*"ttl": 9.*"tunnel-del-ntf"' "$(cat "$TMP/ntf")"

# espdev, where the kernel has offload
if modprobe sitelink_espdev; then
	modprobe sitelink_cryptoapi
	modprobe esp4_offload
	FAMILY=sitelink-espdev
	ip -n A link add link wan name esp0 type espdev
	ip -n A link set esp0 up
	esp_sa A 192.0.2.1 192.0.2.2 offload dev esp0 dir out
	like "espdev: engines, each thing that one can do" \
		'"name": "cryptoapi".*"capability": \[\{"algorithm": "rfc4106.*\{"algorithm": "authenc' \
		"$(ynl A --dump engine-get)"
	out=$(ynl A --dump sa-get)
	for want in '"direction": "out"' '"spi": "0x201"' '"ifname": "esp0"' \
		'"source": "192.0.2.1"' '"destination": "192.0.2.2"' \
		'"mode": "tunnel"' '"engine": "cryptoapi"' '"bad-icv": 0'; do
		like "espdev: $want" "$want" "$out"
	done
	is "espdev: of no device that there is not" "" \
		"$(ynl A --dump sa-get --json '{"ifindex": 9999}' |
			grep 0x201)"
fi
finish
