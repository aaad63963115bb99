#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 1200
# sitelink apply: all or nothing, whatever goes wrong: mistakes, a kernel that
# refuses, a kill at any step; and edits of the script from several sides.
. "$(dirname "$0")/rsc_lib.sh"

for m in eoip gre; do
	modprobe sitelink_$m || skip_all "no sitelink_$m"
done
setup_ns A
ip -n A link add ether1 type dummy
ip -n A link add ether2 type dummy
ip -n A addr add 192.0.2.1/24 dev ether1
ip -n A link set ether1 up

# what is not ours, in a form that can be compared
others() {
	ip -n A -j -d link show | jq -c 'map(select(.group != "'$GROUP'") |
		[.ifname, .mtu, .master, .ifalias, (.flags | index("UP"))])'
	ip -n A -o addr show dev ether1
	ip -n A route show proto kernel
	ip netns exec A sysctl net.ipv4.ip_forward net.ipv6.conf.all.forwarding
}
made() {
	ip -n A -j -d link show group $GROUP | jq -c '.[] | select(.ifname) |
		[.ifname, .ifindex, .mtu, .linkinfo.info_kind, .master, .ifalias]'
	addresses A
	ip -n A -j route show proto $PROTO |
		jq -c '.[] | [.dst, .gateway, .dev, .metric]'
	ip netns exec A nft list table ip sitelink 2>/dev/null |
		sed 's/ packets [0-9]* bytes [0-9]*//'
}
before=$(others)

base='/interface bridge add name=bridge1
/interface bridge port add bridge=bridge1 interface=ether2
# the tunnel to the other house
/interface eoip add name=eoip1 tunnel-id=7 remote-address=192.0.2.2 \
    comment="two words" mtu=1400
/interface bridge port add bridge=bridge1 interface=eoip1
/ip address
add address=10.9.0.1/24 interface=bridge1
/ip route add dst-address=10.8.0.0/16 gateway=10.9.0.2
/ip firewall filter
add chain=input protocol=gre action=accept comment="tunnels"
add chain=input in-interface=bridge1 action=accept
/interface set [find name=ether1] mtu=1480'
rsc_check "a script" A <<<"$base"
is "an interface of the machine" 1480 \
	"$(ip -n A -j link show ether1 | jq '.[0].mtu')"
state=$(made)

# --- mistakes: nothing changes, and where it is told
mistake() { # NAME REGEX LINE: a line more
	printf '%s\n%s\n' "$base" "$3" >"$TMP/A.rsc"
	out=$(sl A apply 2>&1)
	is "$1: refused" 1 $?
	like "$1: says so" "^$TMP/A.rsc:14:$2" "$out"
	is "$1: nothing changed" "$state" "$(made)"
}
mistake "a command" "18:.*'adx'.*is it add" "/interface/eoip; adx name=x"
mistake "a near miss" "21:.*remote-adress.*is it remote-address" \
	"/interface eoip add remote-adress=192.0.2.3"
mistake "a value" ".*tunnel-id=70000: expected.*0..65535" \
	"/interface eoip add tunnel-id=70000 remote-address=192.0.2.3"
mistake "a reference" ".*interface=bridge2.*is it bridge1" \
	"/ip address add address=10.7.0.1/24 interface=bridge2"
mistake "a name twice" ".*taken.*line 4" \
	"/interface eoip add name=eoip1 tunnel-id=8 remote-address=192.0.2.3"

# --- the kernel refuses the last of several steps: a tunnel that is not ours
# is the same
ip -n A link add theirs type eoip remote 192.0.2.5 tunnel-id 9
cat >"$TMP/A.rsc" <<<"$base
/interface eoip set eoip1 mtu=1300
/interface gre add name=gre1 remote-address=192.0.2.9
/ip address add address=10.6.0.1/24 interface=gre1
/interface eoip add name=eoip2 tunnel-id=9 remote-address=192.0.2.5"
out=$(sl A apply 2>&1)
is "the kernel refuses: exit status" 1 $?
like "the kernel refuses: the line and its own words" "A.rsc:17:.*eoip2" "$out"
like "the kernel refuses: all is undone" "nothing has been changed" "$out"
is "the kernel refuses: indeed" "$state" "$(made)"

# --- edits
edited() { # NAME COMMAND SED: the file changes so, and no more
	cp "$TMP/A.rsc" "$TMP/old"
	check "$1" sl A "$2"
	is "$1: only that" "$(sed -E "$3" "$TMP/old")" "$(cat "$TMP/A.rsc")"
	is "$1: machine and script agree" "" "$(again A)"
}
cat >"$TMP/A.rsc" <<<"$base"
chmod 600 "$TMP/A.rsc"
edited "set" '/interface eoip set eoip1 mtu=1300' 's/mtu=1400/mtu=1300/'
is "set: by the machine" 1300 "$(ip -n A -j link show eoip1 | jq '.[0].mtu')"
edited "set what was not" '/interface eoip set [find name=eoip1] keepalive=5s,3' \
	's/mtu=1300/& keepalive=5s,3/'
edited "comment" '/interface eoip comment eoip1 "three more words"' \
	's/two words/three more words/'
edited "disable" '/ip firewall filter disable 1' \
	's/(in-interface=bridge1.*)/\1 disabled=yes/'
edited "enable" '/ip firewall filter enable 1' 's/ disabled=yes//'
edited "add before" \
	'/ip firewall filter add chain=input action=drop place-before=1' \
	's/^add chain=input in-i/\/ip firewall filter add chain=input action=drop\n&/'
edited "remove" '/ip firewall filter remove 1' '/action=drop/d'
# shellcheck disable=SC2016 # sed's
edited "add" '/ip route add dst-address=10.5.0.0/16 gateway=10.9.0.3' \
	'$a /ip route add dst-address=10.5.0.0/16 gateway=10.9.0.3'
out=$(sl A '/ip route add dst-address=10.7.0.0/16 gateway=10.250.0.1' 2>&1)
like "a route that is added and not installed" 'note: route 10.7.0.0/16.*inactive' \
	"$out"
edited "remove by what the machine says" '/ip route remove [find !active]' \
	'/10\.250\.0\.1/d'
is "the file's mode stays" 600 "$(find "$TMP/A.rsc" -printf %m)"
cp "$TMP/A.rsc" "$TMP/old"
check "an edit the kernel refuses" not sl A \
	'/interface eoip add name=eoip2 tunnel-id=9 remote-address=192.0.2.5'
is "the kernel refuses: nor is it in the file" "$(cat "$TMP/old")" \
	"$(cat "$TMP/A.rsc")"
ip -n A link del theirs
check "an edit of a file that cannot be written" not ip netns exec A \
	"$SITELINK" -f /proc/sitelink.rsc '/ip pool add name=p ranges=10.0.0.1'

# --- two editors: none loses
for i in $(seq 12); do
	sl A "/ip firewall address-list add list=many address=10.4.0.$i" &
	pids[i]=$!
done
for i in $(seq 12); do
	wait "${pids[i]}" || fail "editor $i"
done
is "twelve editors at once: all of it is there" 12 \
	"$(grep -c list=many "$TMP/A.rsc")"
is "and on the machine" "" "$(again A)"

# --- a kill before any step; on one kernel every fourth: the steps are the same
every=1
[ "${SITELINK_KERNEL:-}" != 6.1 ] || every=4
check "flush" sl A flush
is "leaves nothing of ours" "" "$(left A)"
is "and all else as it was" "$before" "$(others)"
cat >"$TMP/A.rsc" <<<"$base"
killed=0 mended=0 clean=0
for call in sendto sendmsg rename write; do
	n=$((1 - every))
	while [ $((n += every)) -lt 200 ]; do
		ip netns exec A strace -f -qq -o /dev/null \
			-e "inject=$call:signal=SIGKILL:when=$n" \
			"$SITELINK" -f "$TMP/A.rsc" apply >/dev/null 2>&1 && break
		killed=$((killed + 1))
		if sl A apply >"$TMP/mend" 2>&1 &&
			[ -z "$(again A)" ]; then
			mended=$((mended + 1))
		else
			fail "killed at $call $n" "$(cat "$TMP/mend"
				sl A apply --dry-run 2>&1)"
		fi
		sl A flush >/dev/null 2>&1
		[ -n "$(left A)" ] || [ "$(others)" != "$before" ] ||
			clean=$((clean + 1))
	done
	check "$call: to its end" [ $n -lt 200 ]
	sl A flush
done
check "killed often ($killed)" [ $killed -ge $((20 / every)) ]
is "mended each time" "$killed" "$mended"
is "and nothing left behind" "$killed" "$clean"
finish
