#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# sitelink check: what is said of mistakes and where, and what scripts make, by
# their export. On the host; sanitizers watch.
. "$(dirname "$0")/script_lib.sh"

eoip='/interface eoip add remote-address=192.0.2.2 tunnel-id=1'

# --- where, what, and what would be right
says "a menu" '\n/interfase eoip print' '^t.rsc:2:2: ' "'interfase'" \
	'is it interface\?'
says "a menu below" '/interface eiop print' '1:12: ' 'is it eoip\?'
says "a command" '/ip address\nremvoe 0' '2:1: ' 'is it remove\?'
says "short for two" '/i address' "short for more than one|'i'"
says "a property" "$eoip keepalve=1s,1" '1:58: ' 'is it keepalive\?'
says "a number" '/interface eoip add tunnel-id=65536 remote-address=1.2.3.4' \
	'1:31: tunnel-id=65536: expected number 0..65535'
says "an address" '/interface gre add remote-address=1.2.3.400' \
	'expected IP address.*as 10.0.0.1'
says "a time" "$eoip keepalive=5x,1" 'expected TIME,RETRIES, as 10s,10'
says "a word" "$eoip arp=proxi" 'enabled.*proxy-arp'
says "read-only" "$eoip actual-mtu=1400" "can only be read"
says "twice" "$eoip mtu=1400 mtu=1300" 'mtu is given twice'
says "what must be there" '/interface eoip add tunnel-id=1' \
	'remote-address is missing'
says "a value forgotten" '/ip firewall nat add chain=srcnat src-address=' \
	'value of src-address is missing'
says "no negation there" "$eoip mtu=!1400" 'cannot be negated'
says "a blank around =" '/ip address add address = 10.0.0.1/24' \
	'without blanks around the ='
says "a reference" '/ip pool add name=a ranges=1.1.1.1 next-pool=bakcup\n/ip pool add name=backup ranges=1.1.1.2' \
	"1:46: next-pool=bakcup" 'is it backup\?'
says "a gateway of IPv4" '/ipv6 route add dst-address=2001:db8::/32 gateway=10.0.0.1' \
	'1:51: gateway=10.0.0.1: an address of IPv6, or an interface, is expected'
says "an item" '/interface gre add name=gre1 remote-address=1.1.1.1\nset gre2 mtu=1400\n/interface gre set gre2 mtu=1400' \
	"no item 'gre2'" 'is it gre1\?'
says "a number of none" '/interface gre set 3 mtu=1400' 'nor any other'
says "a name twice" "$eoip name=x\\n/interface gre add name=x remote-address=1.1.1.1" \
	'2:16: ' 'taken by /interface eoip, line 1'
says "removal of what is there by itself" '/ipv6 nd remove [find default=yes]' \
	'there by itself'
for what in '!name' 'name=""'; do
	says "a tunnel's $what" "$eoip name=a\\n/interface eoip set a $what" \
		'2:2[38]: no item is without name'
done
says "a peer's name unset" '/ip ipsec peer add name=a\n/ip ipsec peer unset a name' \
	'2:24: no item is without name'
for what in '/ip ipsec profile set default' '/ip ipsec proposal set default' \
	'/ip ipsec policy group set default' '/interface list set all' \
	'/ip ipsec mode-config set request-only' '/routing table set main' \
	'/system logging action set memory'; do
	says "another name for $what" "$what name=other" \
		"name=other: ${what##* } is there by itself and keeps its name"
done
says "a regular expression" '/ip address remove [find comment~"("]' \
	'no regular expression'
says "what the property cannot be" '/interface eoip remove [find tunnel-id=abc]' \
	'1:40: tunnel-id=abc: expected number 0..65535'
says "nor be less than" '/ip route remove [find distance<=far]' 'distance=far: '
says "a value of no interface" '/interface set [find mtu=aut0] comment=x' 'mtu=aut0: '
says "find of another menu" '/ip address set [/ip route find] disabled=yes' \
	'items of /ip address are wanted'
for what in 'interface eoip disable [find !running]' 'ip route remove [find !active]' \
	'ip firewall filter remove [find comment=x and (bytes=0)]' \
	'interface set [find type=ether] mtu=1400' \
	'ip firewall filter add chain=input place-before=[find invalid]'; do
	says "what the machine says: $what" "/$what" \
		"'[a-z]*' is what the machine says; a script cannot go by it"
done
makes "what it says and is known" "$eoip name=a
/interface set [find name=b or dynamic] mtu=1400
/ip ipsec profile set [find !default] lifetime=1h
/ip address set [find dynamic] disabled=yes
/interface eoip set [find name=a] mtu=1400" '/interface eoip
add mtu=1400 name=a remote-address=192.0.2.2 tunnel-id=1'
# typed, the machine is asked: there is no such tunnel here, so it does not run
not_running() { run "$eoip" -f t.rsc -n "/interface eoip remove [find $1]"; }
is "what runs, at the machine: nothing" "$(not_running 'name=x')" \
	"$(not_running 'running and name~"eoip"')"
is "what does not" "" "$(not_running '!running' | grep eoip)"
like "what only the machine says of its own is no script's" \
	'1:12: .* into t.rsc; name the items instead of \[find' \
	"$(run '' -f t.rsc -n '/interface comment [find type=loopback and name=lo] x')"
says "scripts" ':local x 1' 'not supported, configuration is'
says "each of several, and goes on" "/ip address add x=1\\n$eoip y=2" \
	'^t.rsc:1:' 't.rsc:2:'
says "many" "$(for _ in $(seq 30); do printf '/ip address foo\\n'; done)" \
	'and 10 more'
for what in 'set [find] mtu=1400' 'remove 0' 'disable [find]' 'comment 0 x' \
	'unset 0 mtu'; do
	says "a condition behind ${what%% *}" "$eoip\n/interface eoip $what where name=x" \
		"a condition stands behind print and in .find where ...., not behind ${what%% *}"
done
like "or export" '1:30: a condition .*, not behind export' \
	"$(run "$eoip" -f t.rsc '/interface eoip export where name=x')"
says "a condition behind half a word" '/interface gre remove [/interface/gre/fin name=x]' \
	'1:43: a condition stands behind find, which is not shortened'
like "what shows, before a change" 'command:1:17: print stands alone' \
	"$(run "$eoip" -f t.rsc -n '/interface eoip print; /interface eoip remove 0')"
like "and behind it" 'command:1:28: print stands alone' \
	"$(run "$eoip" -f t.rsc -n '/interface eoip; remove 0; print')"
like "and beside another" 'command:1:17: print stands alone' \
	"$(run "$eoip" -f t.rsc '/interface eoip print; export')"
is "standard input is not changed, nor the machine before that is known" \
	'sitelink: standard input cannot be changed; name a file with -f' \
	"$(run "$eoip" -f - -n '/ip pool add name=a ranges=1.1.1.1' <<<"$eoip")"
like "but shown" eoip-tunnel1 \
	"$(run "$eoip" -f - '/interface eoip print' <<<"$eoip")"
like "a change tells what the machine makes of it" \
	't.rsc:2:.*: note: /ip ipsec peer p has no identity' \
	"$(run '/ip pool add name=a ranges=1.1.1.1\n' -f t.rsc -n \
		'/ip ipsec peer add name=p address=203.0.113.2')"
noted='/system logging add topics='
like "and what its own words have no effect on" \
	'command:1:.*: note: topics=rip: kept for export' \
	"$(run "${noted}ospf" -f t.rsc -n "${noted}rip")"
is "but not what has none elsewhere" "" \
	"$(run "${noted}ospf" -f t.rsc -n "${noted}rip" | grep topics=ospf)"
is "of three, the one that it makes so" "t.rsc:1: note: topics=ntp: kept for export" \
	"$(run "${noted}ospf\\n${noted}rip\\n${noted}bgp" -f t.rsc -n \
		'/system logging; set 5 topics=ipsec; set 4 topics=ntp' |
		sed -n 's/:[0-9]*\(: note: topics=.*export\);.*/\1/p')"
like "a mistake in the script that a command makes is in the script" \
	'^t.rsc:2:.*peer=p: /ip ipsec peer has no' \
	"$(run '/ip ipsec peer add name=p address=203.0.113.2
/ip ipsec identity add peer=p secret=x' -f t.rsc -n '/ip ipsec peer remove p')"
like "a name that is taken in the script" \
	'^command:1:.*: the name is taken by /interface eoip, t.rsc:1$' \
	"$(run "$eoip name=a" -f t.rsc -n \
		'/interface gre add name=a remote-address=192.0.2.2')"

# --- whatever octets a value has, a mistake moves no cursor and is one line
got=$(run "$eoip"' mtu="\\1B]0;x\\07\\1B[2J\\nt.rsc:9:9: forged"' \
	check --offline t.rsc)
like "escapes are shown" 't.rsc:1:.*mtu=\\1B]0;x\\07\\1B\[2J\\nt.rsc:9:9: forged' \
	"$got"
is "and nothing else" "" "$(grep -v '^t.rsc:1:' <<<"$got")"

# --- what cannot be done is named
says "a page's action" '/ip firewall filter add chain=input action=tarpit' \
	'action=tarpit: '
says "a property" '/interface bridge add name=a vlan-filtering=yes' \
	'1:45: vlan-filtering=yes: '
says "a value" '/interface bridge add name=a protocol-mode=mstp' \
	'protocol-mode=mstp: the Linux bridge has no MSTP'
like "no effect: a note" 't.rsc:1:.*: note: .*suppress-hw-offload=yes' \
	"$(run '/ip route add dst-address=10.0.0.0/8 gateway=1.1.1.1 suppress-hw-offload=yes' \
		check --offline t.rsc)"

check "which print does not repeat" not grep -q note: <<<"$(run \
	'/system logging add topics=ipsec' -f t.rsc /export)"

# --- the same in other words
makes "slashes, blanks, menus" \
	'/interface/gre/add name=a remote-address=1.1.1.1
/interface gre
add name=b remote-address=1.1.1.2
.. ipip add name=c remote-address=1.1.1.3
/interface
gre add name=d remote-address=1.1.1.4' \
	'/interface gre
add name=a remote-address=1.1.1.1
add name=b remote-address=1.1.1.2
add name=d remote-address=1.1.1.4
/interface ipip
add name=c remote-address=1.1.1.3'
makes "abbreviations" '/int gre ad nam=a remote=1.1.1.1 dis=y
/interface gre en 0' '/interface gre
add name=a remote-address=1.1.1.1'
makes "names made up" "$eoip\\n/interface eoip add remote-address=1.1.1.1 tunnel-id=2" \
	'/interface eoip
add name=eoip-tunnel1 remote-address=192.0.2.2 tunnel-id=1
add name=eoip-tunnel2 remote-address=1.1.1.1 tunnel-id=2'
makes "canonical values" '/ip address add address=10.0.0.1/255.255.255.0 interface=x
/ip address add address=10.1.0.1 interface=x
/ipv6 address add address=2001:DB8:0:0::1 interface=x
/ip route add dst-address=10.9.8.7/8 gateway=10.0.0.2' \
	'/ip address
add address=10.0.0.1/24 interface=x
add address=10.1.0.1/32 interface=x
/ipv6 address
add address=2001:db8::1/64 interface=x
/ip route
add dst-address=10.0.0.0/8 gateway=10.0.0.2'
makes "set, unset, and back to the default" "$eoip mtu=1400 comment=c
/interface eoip
set 0 keepalive=00:01:30,3 mtu=1300
set [find mtu>1200] !mtu
set eoip-tunnel1 comment=\"\" dscp=7
set [find name=nothing] mtu=1000
unset 0 dscp" \
	'/interface eoip
add comment="" keepalive=1m30s,3 name=eoip-tunnel1 remote-address=192.0.2.2 \
    tunnel-id=1'
makes "no keepalive" "$eoip !keepalive" \
	'/interface eoip
add !keepalive name=eoip-tunnel1 remote-address=192.0.2.2 tunnel-id=1'
makes "order" '/ip firewall filter
add chain=input action=drop
add chain=input comment=b place-before=0
add chain=input comment=a place-before=[find comment=b]
add chain=input comment=z place-before=9
add chain=input comment=y place-before=[find comment=none]
move 3 0
move [find comment=z] destination=4
remove 0,1' \
	'/ip firewall filter
add action=drop chain=input
add chain=input comment=z
add chain=input comment=y'
makes "where" '/ip address
add address=10.0.0.1/24 interface=x comment=one
add address=10.0.0.2/24 interface=x disabled=yes
add address=10.0.1.1/24 interface=y comment=two
remove [find where (comment~"^o" or disabled) and !(interface=y)]' \
	'/ip address
add address=10.0.1.1/24 comment=two interface=y'
mtus="$eoip mtu=1200 comment=a
/interface eoip
add tunnel-id=2 remote-address=192.0.2.2 mtu=1300 comment=b
add tunnel-id=3 remote-address=192.0.2.2 comment=auto"
like "find, by slashes, goes by its condition" '^\*[0-9A-F]+$' \
	"$(run "$mtus" -f t.rsc '/interface/eoip/find comment=b')"
makes "and in brackets" "$mtus
/interface/eoip/remove [/interface/eoip/find where comment=b or comment=auto]" \
	'/interface eoip
add comment=a mtu=1200 name=eoip-tunnel1 remote-address=192.0.2.2 tunnel-id=1'
# finds WHERE COMMENTS
finds() {
	is "$1" "$2" "$(run "$mtus" -f t.rsc "/interface eoip print terse where $1" |
		grep -o 'comment=[a-z]*' | paste -sd ' ')"
}
finds 'mtu<1300' comment=a
finds 'mtu<=1300' 'comment=a comment=b'
finds 'mtu>1200' comment=b
finds 'mtu >= 1200' 'comment=a comment=b'
finds 'mtu<auto or mtu>=auto' ''
finds 'mtu!=1200' 'comment=b comment=auto'
finds 'mtu>70000 or tunnel-id=70000' ''
makes "of all interfaces, any kind's value" "$mtus
/interface comment [find mtu=auto name~\"3\$\"] \"\"
/interface eoip remove [find mtu>1]" '/interface eoip
add comment="" name=eoip-tunnel3 remote-address=192.0.2.2 tunnel-id=3'
makes "what is negated, or empty" '/ip firewall filter
add chain=forward src-address=!10.0.0.0/8 comment=a
add chain=forward src-address=10.0.0.0/8 comment=b
add chain=forward comment=c
remove [find src-address=!10.0.0.0/255.0.0.0]
remove [find src-address=""]' '/ip firewall filter
add chain=forward comment=b src-address=10.0.0.0/8'
makes "negation" '/ip firewall filter add chain=forward src-address=!10.0.0.0/8 connection-state=!established,related
/system logging add topics=ipsec,!debug' \
	'/ip firewall filter
add chain=forward connection-state=!established,related \
    src-address=!10.0.0.0/8
/system logging
add topics=ipsec,!debug'
# --- ids: of an item, not of a run
first='/ip firewall filter add chain=input comment=a'
rest='/ip firewall filter add chain=input comment=b action=drop
/interface gre add name=g remote-address=192.0.2.9'
ids() { run "$1" -f t.rsc "$2 find"; }
both=$(ids "$first\\n$rest" '/ip firewall filter')
like "two" '^\*[0-9A-F]+;\*[0-9A-F]+$' "$both"
is "the first is gone, the second has its own" "${both#*;}" \
	"$(ids "$rest" '/ip firewall filter')"
makes "which names it" "$rest\\n/ip firewall filter disable ${both#*;}
/ip firewall filter set ${both#*;} chain=forward" \
	'/interface gre
add name=g remote-address=192.0.2.9
/ip firewall filter
add action=drop chain=forward comment=b disabled=yes'
says "the other's names nothing" "$rest\\n/ip firewall filter remove ${both%;*}" \
	"no item '\\${both%;*}'"
is "what has a name has its id by that" "$(ids "$rest" '/interface gre')" \
	"$(ids "$rest\\n/interface gre set g mtu=1400 disabled=yes" '/interface gre')"
is "of two that are the same each has one" 2 \
	"$(ids "$first\\n$first" '/ip firewall filter' | tr ';' '\n' | sort -u | wc -l)"
is "as JSON says it" "\"${both#*;}\"" "$(run "$rest" -j -f t.rsc \
	'/ip firewall filter print' | sed -n 's/.*"\.id": *\("[^"]*"\).*/\1/p')"

# --- the export of what is a default, and means something
for prop in rp-filter=no send-redirects=yes tcp-syncookies=no ip-forward=yes \
	max-neighbor-entries=8192; do
	makes "a setting is not left alone: $prop" "/ip settings set $prop" \
		"/ip settings
set $prop"
done
makes "nor one of IPv6" '/ipv6 settings set forward=yes disable-ipv6=no' \
	'/ipv6 settings
set disable-ipv6=no forward=yes'
makes "a bridge's delay, which rstp has another for" \
	'/interface bridge add name=b forward-delay=15s ageing-time=5m' \
	'/interface bridge
add forward-delay=15s name=b'
makes "what is there by itself is not what the table has" '/system logging
set 3 action=memory
set 1 topics=info
set 0 topics=info action=memory
/ip ipsec profile set default name=default lifetime=1d
/routing table set main fib=yes' '/system logging
set 1 topics=info
set 3 action=memory'
makes "and is so again without a word" '/system logging
set 3 action=memory comment=c
unset 3 action
set 1 topics=info
set 1 !topics' '/system logging
set 3 comment=c'
like "as print has it" 'topics=critical action=echo' \
	"$(run '/system logging set 3 action=memory\n/system logging unset 3 action' \
		-f t.rsc '/system logging print terse')"
# on a host that forwards this tells nothing
check "a default that export leaves out makes no router" not grep ip_forward \
	<<<"$(run '/ip dns set allow-remote-requests=no' -f t.rsc -n \
		'/interface gre add remote-address=192.0.2.9')"
check "verbose does not say what is left alone" not grep -qE \
	'forward-delay|rp-filter|ip-forward' \
	<<<"$(run '/interface bridge add name=b' -f t.rsc '/export verbose')"

is "secrets are not exported" 0 "$(run '/routing ospf interface-template add area=backbone interfaces=x auth=md5 auth-key=hidden' \
	-f t.rsc /export | grep -c hidden)"
is "unless they shall be" 1 "$(run '/routing ospf interface-template add area=backbone interfaces=x auth=md5 auth-key=hidden' \
	-f t.rsc /export show-sensitive | grep -c hidden)"
tap_end
