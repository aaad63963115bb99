#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# What print, export, help and the tables of properties say of menus that are only
# here. On the host; sanitizers watch. SITELINK_FUZZ: seconds of random values (10).
set -u
. "$(dirname "$0")/../vm/lib.sh"
. "$(dirname "$0")/../tap.sh"

"$VM_DIR/deps" build || exit 125
bin=$SITELINK_BUILD/selftests
made selftests/sitelink selftests || exit 125
script=

# run WORD...: what print_items says of $script
run() { printf '%s\n' "$script" | "$bin/print_items" "$@" 2>&1; }

# says NAME WANT WORD...
says() {
	local name=$1 want=$2
	shift 2
	is "$name" "$want" "$(run "$@")"
}

script='/interface eoip add name="eoip-remote" tunnel-id=0 remote-address=10.0.0.2 disabled=no'
says "the manual's EoIP example, as there" \
	'Flags: X - disabled; R - running
 0  R name="eoip-remote" mtu=auto actual-mtu=1458 l2mtu=65535 mac-address=FE:A5:6C:3F:26:C5 arp=enabled
      arp-timeout=auto loop-protect=default loop-protect-status=off loop-protect-send-interval=5s
      loop-protect-disable-time=5m local-address=0.0.0.0 remote-address=10.0.0.2 tunnel-id=0
      keepalive=10s,10 dscp=inherit clamp-tcp-mss=yes dont-fragment=no allow-fast-path=yes' \
	print "interface eoip" 106
like "no terminal: 80 columns" $'^[^\n]{1,79}\n[^\n]{1,79}\n[^\n]{1,79}\n' \
	"$(run print "interface eoip")"
is "none of which is longer" "" \
	"$(run print "interface eoip" | grep -E '.{80}')"

script='/interface bridge port
add interface=ether2 bridge=bridge1
add interface=wlan1 bridge=bridge1 comment="the \"third\""
add interface=eoip-remote bridge=bridge1'
says "the manual's bridge example, a table" \
	'Flags: I - INACTIVE; H - HW-OFFLOAD
Columns: INTERFACE, BRIDGE, HW, PVID, PRIORITY, PATH-COST, INTERNAL-PATH-COST, HORIZON
#    INTERFACE    BRIDGE   HW   PVID  PRIORITY  PATH-COST  INTERNAL-PATH-COST  HORIZON
0  H ether2       bridge1  yes     1  0x80             10                  10  none
;;; the "third"
1 I  wlan1        bridge1  yes     1  0x80             10                  10  none
2    eoip-remote  bridge1  yes     1  0x80             10                  10  none' \
	print "interface bridge port" 200
says "a narrow screen: what does not fit follows below" \
	'Flags: I - INACTIVE; H - HW-OFFLOAD
Columns: INTERFACE, BRIDGE, HW, PVID, PRIORITY,
PATH-COST, INTERNAL-PATH-COST, HORIZON
#    INTERFACE    BRIDGE   HW   PVID  PRIORITY
     PATH-COST  INTERNAL-PATH-COST  HORIZON
0  H ether2       bridge1  yes     1  0x80
            10                  10  none
;;; the "third"
1 I  wlan1        bridge1  yes     1  0x80
            10                  10  none
2    eoip-remote  bridge1  yes     1  0x80
            10                  10  none' \
	print "interface bridge port" 50
says "only their number" 3 print "interface bridge port" count-only

script='/ip firewall nat
add chain=srcnat src-address=!10.0.0.0/8 src-address-list=!local disabled=yes comment="a rule"
add chain=dstnat dst-port=80,443 log-prefix="x y"
/ip dns set servers=1.1.1.1,8.8.8.8
/interface set "ether 2" mtu=1436'
says "flags of which an item has one share a place, comments come first" \
	'Flags: X - disabled, I - invalid; D - dynamic
 0 X  ;;; a rule
      chain=srcnat action=accept src-address=!10.0.0.0/8
      src-address-list=!local log-prefix=""

 1  D chain=dstnat action=accept dst-port=80,443 log-prefix="x y"' \
	print "ip firewall nat"
says "a line an item" \
	' 0 X  comment="a rule" chain=srcnat action=accept src-address=!10.0.0.0/8 src-address-list=!local log-prefix=""
 1  D chain=dstnat action=accept dst-port=80,443 log-prefix="x y"' \
	print "ip firewall nat" terse
says "counters" \
	'Flags: X - DISABLED; D - DYNAMIC
Columns: CHAIN, ACTION, BYTES, PACKETS
#    CHAIN   ACTION  BYTES  PACKETS
;;; a rule
0 X  srcnat  accept      0        0
1  D dstnat  accept      0        0' \
	print "ip firewall nat" stats
says "settings" \
	'                servers: 1.1.1.1,8.8.8.8
  allow-remote-requests: no
             cache-size: 2048' \
	print "ip dns"
says "a property a line" \
	'  name: ether 2
   mtu: 1436' \
	print interface value-list
is "settings as JSON" \
	'{".id":"*150C7097","number":0,"servers":["1.1.1.1","8.8.8.8"],"allow-remote-requests":false,"cache-size":2048}' \
	"$(run print "ip dns" json | tr -d ' \n')"
is "items as JSON" \
	'a rule|True|10.0.0.0/8|["80", "443"]|True' \
	"$(run print "ip firewall nat" json | python3 -c '
import json, sys
a, b = json.load(sys.stdin)
print(a["comment"], a["disabled"], a["src-address"]["not"],
      json.dumps(b["dst-port"]), b["dynamic"], sep="|")')"
says "nothing to print: nothing printed" "" print "interface bridge port"
is "nothing to print is an array" "[]" \
	"$(run print "interface bridge port" json | tr -d '\n')"
says "export: what is not the default, of whoever has something to say" \
	'# sitelink 0.1
/interface
set [ find name="ether 2" ] mtu=1436
/ip firewall nat
add chain=srcnat comment="a rule" disabled=yes src-address=!10.0.0.0/8 \
    src-address-list=!local
add chain=dstnat dst-port=80,443 log-prefix="x y"
/ip dns
set servers=1.1.1.1,8.8.8.8' export
says "export terse: whole paths, a line a command" \
	'# sitelink 0.1
/interface set [ find name="ether 2" ] mtu=1436
/ip firewall nat add chain=srcnat comment="a rule" disabled=yes src-address=!10.0.0.0/8 src-address-list=!local
/ip firewall nat add chain=dstnat dst-port=80,443 log-prefix="x y"
/ip dns set servers=1.1.1.1,8.8.8.8' export terse
script='/system logging add topics=a; /system logging set 1 topics=error,!x'
says "export: what is there by itself and has no name, by its number" \
	'# sitelink 0.1
/system logging
set 1 topics=error,!x
add topics=a' export
# shellcheck disable=SC2016
script='/ip firewall nat
add chain=srcnat log-prefix="a\$b\?\\\"\n\t\1B \C3\A9 "
add chain=dstnat'
# shellcheck disable=SC2016
says "export: what has a meaning is escaped, what is not the script's left out" \
	'# sitelink 0.1
/ip firewall nat
add chain=srcnat log-prefix="a\$b\?\\\"\n\t\1B é "' export live
is "export: what was unset" "add !keepalive name=eoip1 tunnel-id=1" \
	"$(script="/interface eoip add tunnel-id=1 !keepalive"
	run export | grep add)"
like "export verbose: defaults, too" \
	'allow-remote-requests=no cache-size=2048 servers=' \
	"$(run export verbose)"

script='/ip route
add dst-address=0.0.0.0/0 active=yes static=yes
add dst-address=10.0.0.0/8 active=yes dynamic=yes connect=yes
add dst-address=10.9.0.0/16 disabled=yes static=yes blackhole=yes'
says "flags of routes" \
	'Flags: X - disabled, A - active; D - dynamic; C - connect, S - static,
o - ospf; B - blackhole
 0 A S  dst-address=0.0.0.0/0

 1 ADC  dst-address=10.0.0.0/8

 2 X SB dst-address=10.9.0.0/16' print "ip route" detail

script='/interface eoip add tunnel-id=7 ipsec-secret="open sesame" comment="a\1B[31m\C2\9B\E2\80\AE\E4\0Db \C3\A9\" \\"'
for how in "print detail" "print brief" "print terse" "print value-list" \
	"print json" export "export verbose" "export terse"; do
	read -r command style <<<"$how"
	[ "$command" = export ] || command="print:interface eoip"
	IFS=: read -r -a words <<<"$command${style:+:$style}"
	out=$(run "${words[@]}")
	is "$how: no secret" 0 "$(grep -c sesame <<<"$out")"
	is "$how: nothing that moves the cursor, all of it UTF-8" "" \
		"$(python3 -c '
import sys
text = sys.stdin.buffer.read().decode()
print(*(hex(ord(c)) for c in text if c not in "\n" and not c.isprintable()))' \
			<<<"$out")"
	out=$(run "${words[@]}" sensitive)
	like "$how: with show-sensitive, the secret" "open sesame" "$out"
done
like "a secret that is not shown is seen to be there" 'ipsec-secret="\*{5}"' \
	"$(run print "interface eoip")"
like "export says what it leaves out" \
	"# 1 sensitive value is left out; export show-sensitive has it$" \
	"$(run export)"
is "no stars in JSON, where they would be taken for it" 0 \
	"$(run print "interface eoip" json | grep -c ipsec-secret)"
like "characters stay characters" 'é"' "$(run print "interface eoip")"
says "as a terminal would have it, with colours" \
	$'\e[2mFlags: R - RUNNING\e[m
\e[2mColumns: NAME, MTU\e[m
\e[2m#   NAME     MTU\e[m
0   ether 2  1500
\e[36m;;; a\\1B[31m\\C2\\9B\\E2\\80\\AE\\E4\\rb é" \\\e[m
1 R eoip1    auto' \
	print interface brief color

script=
like "help of a menu: commands and properties" \
	"Commands:.* add .*Properties:.* mtu.*Read-only:.* running" \
	"$(run help "interface eoip")"
is "within 80 columns" "" "$(run help "interface eoip" | grep -E '.{81}')"
says "help of settings" \
	'  ip dns                     who resolves names

Commands:
  set                        change settings: PROPERTY=VALUE ...
  print                      print settings
  export                     the script that makes it: verbose, show-sensitive,
                             terse

Properties:
  servers
  allow-remote-requests
  cache-size' help "ip dns"
says "help of a property" \
	'  arp
  values                     disabled | enabled | proxy-arp | reply-only;
                             default: enabled
  Linux                      reply-only is not supported: only in part' \
	help "interface eoip" arp
like "help of all: the menus" "Menus:.* interface eoip .* ip dns " "$(run help)"
# shellcheck disable=SC2016
like "the tables have no markup of the menus' own" \
	'\\\*fast\\\* \\`enough\\` without\\_' "$(run properties)"
like "a title is as long as its line" $'EoIP\\\\_tunnels\\\\\\*\n={15}\n' \
	"$(run properties)"

script='/system logging
set 0 prefix="of old" regex=r done=yes
add topics=ipsec,error action=memory regex=r done=yes'
says "a menu of lines" 'info of old
error
ipsec,error memory' print "system logging"
says "what only some have, and flags with a value, which come last" \
	'Flags: * - default; D - done
 0 *D topics=info prefix="of old" regex=r

 1 *  topics=error

 2  D topics=ipsec,error action=memory done=yes' \
	print "system logging" detail

seed=${SITELINK_SEED:-$((1 + $(od -An -N3 -tu4 /dev/urandom)))}
check "any octets: export makes the same again (SITELINK_SEED=$seed)" \
	"$bin/export_fuzz" "${SITELINK_FUZZ:-10}" "$seed"
tap_end
