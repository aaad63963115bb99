#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# What daemons do for sitelink: DNS and router advertisements (dnsmasq), OSPF (FRR);
# and the host's name.
. "$(dirname "$0")/rsc_lib.sh"

for program in /usr/sbin/dnsmasq /usr/lib/frr/{zebra,ospfd,ospf6d}; do
	[ -x "$program" ] || skip_all "no $program"
done
# a host name of our own
if [ -z "${SITELINK_UTS-}" ]; then
	trap - EXIT
	cleanup
	SITELINK_UTS=1 exec unshare -u "$0" "$@"
fi

setup_ns A B C
cable A u0 B u0
cable A lan C lan
ip -n B link add lan type bridge
ip -n B link set lan up

# ours NS: command lines of daemons that run there for sitelink
ours() {
	local p
	for p in $(ip netns pids "$1"); do
		tr '\0' ' ' <"/proc/$p/cmdline"
		echo
	done | grep -E '^/usr/(sbin/dnsmasq|lib/frr/)' | sort
}
pid_of() { ip netns pids "$1" | xargs ps -o pid=,args= -p | awk -v w="$2" \
	'index($0, w) { print $1 }'; }
ask() { ip netns exec C dig +short +time=1 +tries=2 "$@"; }

# --- DNS, and advertisements: the end of the tunnel broker's example
broker='/ipv6 address add address=2001:db8:37e:: interface=lan advertise=yes
/ip address add address=10.1.0.1/24 interface=lan
/ipv6 nd set [ find default=yes ] advertise-dns=yes
/ip dns set allow-remote-requests=yes servers=2001:4860:4860::8888
/ip dns static
add name=router.example.net address=10.1.0.1
add name=six.example.net type=AAAA address=2001:db8::6 ttl=5m
add name=text.example.net type=TXT text="a, \"b\" # c"
add name=alias.example.net type=CNAME cname=router.example.net
add name=off.example.net address=10.1.0.9 disabled=yes
/system identity set name=R1'
was=$(hostname)
rsc_check "broker" A <<<"$broker"
is "identity" R1 "$(hostname)"
is "one daemon each" 2 "$(ours A | wc -l)"
ip -n C addr add 10.1.0.2/24 dev lan
has_address() { ip -n C -6 addr show dev lan | grep -q 2001:db8:37e:; }
# it asks for an advertisement when the link comes up
ip -n C link set lan down
ip -n C link set lan up
check "a host makes an address of the prefix" busywait 30 has_address
like "and has a default route" "default via fe80::" \
	"$(ip -n C -6 route show proto ra)"
if command -v dig >/dev/null; then
	is "dns static: A" 10.1.0.1 "$(ask @10.1.0.1 router.example.net)"
	is "dns static: AAAA, by IPv6" 2001:db8::6 \
		"$(ask @2001:db8:37e:: six.example.net aaaa)"
	is "dns static: TXT" '"a, \"b\" # c"' \
		"$(ask @10.1.0.1 text.example.net txt)"
	like "dns static: CNAME" "10.1.0.1" \
		"$(ask @10.1.0.1 alias.example.net)"
	is "dns static: disabled" "" "$(ask @10.1.0.1 off.example.net)"
fi
nd=$(pid_of A nd.conf) dns=$(pid_of A dns.conf)
rsc_check "another record" A <<<"$broker
/ip dns static add name=more.example.net address=10.1.0.7"
is "advertisements go on as they did" "$nd" "$(pid_of A nd.conf)"
check "DNS is another one" [ "$dns" != "$(pid_of A dns.conf)" ]
kill -9 "$(pid_of A dns.conf)"
is "one that died is seen" "start dnsmasq for DNS" \
	"$(again A)"
check "and started" sl A apply
check "flush" sl A flush
is "flush: no daemon" "" "$(ours A)"
is "flush: the host's own name" "$was" "$(hostname)"

# the machine's name is not that of a router in a network namespace only
cat >"$TMP/B.rsc" <<<"/system identity set name=R9"
machine() { nsenter --target 1 --uts "$@"; }
like "the machine's name: is left alone" "B.rsc:1:22: note: name=R9: not set" \
	"$(machine ip netns exec B "$SITELINK" -f "$TMP/B.rsc" apply 2>&1)"
check "the machine's name: indeed" [ "$(machine hostname)" != R9 ]

# where only the program is installed, its user is not there
sed /^dnsmasq:/d /etc/passwd >"$TMP/passwd"
userless() {
	# shellcheck disable=SC2016 # expanded there
	ip netns exec B bash -c 'mount --bind "$0" /etc/passwd && "$@"' \
		"$TMP/passwd" "$SITELINK" -f "$TMP/B.rsc" "$@"
}
cat >"$TMP/B.rsc" <<<"/ip dns set allow-remote-requests=yes"
check "no user dnsmasq: it runs" userless apply
is "no user dnsmasq: as nobody" nobody "$(ps -o user= -p "$(pid_of B dns.conf)")"
is "no user dnsmasq: twice is once" "" "$(userless apply -n 2>&1)"
check "no user dnsmasq: the user comes, and it is another one" sl B apply
is "no user dnsmasq: one that is that user" dnsmasq \
	"$(ps -o user= -p "$(pid_of B dns.conf)")"
check "no user dnsmasq: flush" sl B flush
is "no user dnsmasq: none is left" "" "$(ours B)"

# --- OSPF
ospf() { # NUMBER MORE: a router's script
	printf '%s\n' "/ip address add address=172.16.1.$1/30 interface=u0" \
		"/ip address add address=10.$1.0.1/24 interface=lan" \
		"/ipv6 address add address=2001:db8:$1::1/64 interface=lan advertise=no" \
		"/routing ospf instance add name=six version=3 router-id=$1.$1.$1.$1" \
		"/routing ospf area add name=six instance=six" \
		"/routing ospf interface-template" \
		"add area=backbone interfaces=u0 type=ptp hello-interval=1s dead-interval=4s auth=md5 auth-key=secret7" \
		"add area=six interfaces=u0 type=ptp hello-interval=1s dead-interval=4s auth=sha256 auth-key=secret8" \
		"add area=backbone networks=10.0.0.0/8 passive=yes" \
		"add area=six interfaces=lan passive=yes" "$2"
}
rsc_check "OSPF, one router" A <<<"$(ospf 1 "")"
rsc_check "OSPF, the other" B <<<"$(ospf 2 "/routing ospf instance add name=two router-id=2.2.2.2 redistribute=static
/ip route add dst-address=198.51.100.0/24 gateway=10.2.0.9")"
has_route() { ip -n "$1" route show table all proto ospf | grep -q "^$2 "; }
has_route6() { ip -n "$1" -6 route show proto ospf | grep -q "^$2 "; }
check "a network of the other's" busywait 60 has_route A 10.2.0.0/24
check "and back" busywait 60 has_route B 10.1.0.0/24
check "a static route of the other's" busywait 30 has_route A 198.51.100.0/24
check "and of IPv6" busywait 60 has_route6 A 2001:db8:2::/64
check "it leads there" ip netns exec A ping -c 1 -W 2 -I 10.1.0.1 10.2.0.1
secrets=$(pgrep -fc 'secret[78]')
is "no key among arguments" 0 "$secrets"
for f in /run/sitelink/*.ospf*.conf; do
	is "${f##*.ospf}: mode" "640 root frr" "$(command stat -c '%a %U %G' "$f")"
done
zebra=$(pid_of A zebra.conf)
rsc_check "another cost" A <<<"$(ospf 1 "/routing ospf interface-template set [find passive=yes] cost=7")"
is "zebra goes on as it did" "$zebra" "$(pid_of A zebra.conf)"
for n in A B; do
	check "$n: flush" sl $n flush
	is "$n: no daemon" "" "$(ours $n)"
	is "$n: no route" "" "$(ip -n $n route show proto ospf)"
done
is "no file" "" "$(find /run/sitelink -name '*.conf' -o -name '*.frr')"

# --- killed anywhere, mended by the next
for delay in 0.02 0.05 0.1 0.15 0.2 0.3 0.4; do
	cat >"$TMP/A.rsc" <<<"$(ospf 1 "/ip dns set allow-remote-requests=yes")"
	timeout -s KILL $delay ip netns exec A "$SITELINK" -f "$TMP/A.rsc" apply
	sl A apply 2>&1
	[ -z "$(again A)" ] && [ "$(ours A | wc -l)" = 4 ]
	is "killed after $delay s" 0 $?
	sl A flush >/dev/null 2>&1
done

# --- mistakes
mistake() { # NAME REGEX SCRIPT
	cat >"$TMP/A.rsc" <<<"$3"
	out=$(sl A apply 2>&1)
	is "$1: refused" 1 $?
	like "$1: says so" "A.rsc:1:$2" "$out"
}
mistake "a host name" ".*My Router.*letters" \
	'/system identity set name="My Router"'
mistake "DNS over HTTPS" ".*not supported by dnsmasq" \
	'/ip dns set use-doh-server=https://192.0.2.1/dns-query'
mistake "a record" ".*AAAA is for IPv6" \
	'/ip dns static add name=a.example type=AAAA address=10.0.0.1'
mistake "an area" ".*only backbone" \
	'/routing ospf interface-template add area=x interfaces=u0'
mistake "a key" ".*up to 16 octets" \
	'/routing ospf interface-template add area=backbone interfaces=u0 auth=md5 auth-key=12345678901234567'
finish
