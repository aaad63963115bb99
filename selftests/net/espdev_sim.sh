#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 900
# Simulated engines: the whole of the manual's table, yes and no, as the kernel
# shows it of SAs, and who is asked when.
. "$(dirname "$0")/espdev_lib.sh"

simulated

# manual: as in RouterOS' manual; SoC, then MD5 SHA1 SHA256 SHA512 with each of
# DES and 3DES, AES-CBC, AES-CTR, AES-GCM
manual() {
	cat <<-'END'
	88F7040 no yes yes yes no yes yes yes no yes yes yes no yes yes yes
	AL21400 yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
	AL32400 yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
	AL52400 yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
	AL73400 yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes yes
	IPQ-4018 no yes yes no no yes* yes* no no yes* yes* no no no no no
	IPQ-4019 no yes yes no no yes* yes* no no yes* yes* no no no no no
	IPQ-5018 yes yes yes no yes yes yes no yes yes yes no no no no no
	IPQ-6010 no no no no no yes yes yes no yes yes yes no yes yes yes
	IPQ-8064 no yes yes no no yes* yes* no no yes* yes* no no no no no
	IPQ-8072 no no no no no yes yes yes no yes yes yes no yes yes yes
	MT7621A yes**** yes**** yes**** no yes yes yes no no no no no no no no no
	EN7562CT yes**** yes**** yes**** no yes yes yes no yes yes yes no no no no no
	P1023NSN5CFB no no no no yes** yes** yes** yes** no no no no no no no no
	P202ASSE2KFB yes yes yes no yes yes yes no no no no no no no no no
	PPC460GT no no no no yes*** yes*** yes*** yes*** yes*** yes*** yes*** yes*** no no no no
	TLR4 yes yes yes no yes yes yes no yes yes yes no no no no no
	x86 no no no no yes*** yes*** yes*** yes*** yes*** yes*** yes*** yes*** yes*** yes*** yes*** yes***
	END
}

# Every SA of the walk: its name, and what the table has to say to it: the
# first column, or "gcm" or "none", and bits of the key; then the words for ip.
hashes=('hmac(md5) 16 96' 'hmac(sha1) 20 96' 'hmac(sha256) 32 128'
	'hmac(sha512) 64 256')
ciphers=('cbc(des) 8 des 64' 'cbc(des3_ede) 24 0 192' 'cbc(aes) 16 4 128'
	'cbc(aes) 24 4 192' 'cbc(aes) 32 4 256' 'rfc3686(ctr(aes)) 20 8 128'
	'rfc3686(ctr(aes)) 28 8 192' 'rfc3686(ctr(aes)) 36 8 256')
walk=()
for c in "${ciphers[@]}"; do
	read -r cipher octets column bits <<<"$c"
	for i in 0 1 2 3; do
		read -r hash words <<<"${hashes[i]}"
		at=$([ "$column" = des ] && echo "des$i" || echo $((column + i)))
		# shellcheck disable=SC2086 # words
		walk+=("$hash,$cipher,$bits $at $bits $(
			authenc "$hash" $words "$cipher" "$octets")")
	done
done
for w in '20 128' '20 96' '20 64' '28 128' '36 128'; do
	read -r octets icv <<<"$w"
	walk+=("gcm,$octets,$icv gcm 0 $(aead 'rfc4106(gcm(aes))' "$octets" "$icv")")
done
walk+=("ccm none 0 $(aead 'rfc4309(ccm(aes))' 19 128)"
	"gmac none 0 $(aead 'rfc4543(gcm(aes))' 20 128)"
	"chacha none 0 $(aead 'rfc7539esp(chacha20,poly1305)' 36 128)"
	"sha384 none 0 $(authenc 'hmac(sha384)' 48 192 'cbc(aes)' 16)"
	"camellia none 0 $(authenc 'hmac(sha256)' 32 128 'cbc(camellia)' 32)"
	"null none 0 $(authenc 'hmac(sha1)' 20 96 'ecb(cipher_null)' 0)")

# takes AT BITS CELL...: does that row say yes
takes() {
	local at=$1 bits=$2 cell
	shift 2
	case $at in
	none) return 1 ;;
	gcm) [[ "${*:13}" == *yes* ]]; return ;;
	des*)
		at=${at#des}
		[ "${*:at + 1:1}" != 'yes****' ] || return 1
		;;
	esac
	cell=${*:at + 1:1}
	case $cell in
	no) return 1 ;;
	'yes*') [ "$bits" != 192 ] ;;
	esac
}

# wanted CELL...: names of those offloaded, inbound and outbound
wanted() {
	local w name at bits dir
	for w in "${walk[@]}"; do
		read -r name at bits _ <<<"$w"
		takes "$at" "$bits" "$@" || continue
		for dir in in out; do
			echo "$dir $name"
		done
	done
}

# got: what is offloaded, by name
got() {
	local reqid dir name

	offloaded A | while read -r reqid dir; do
		read -r name _ <<<"${walk[reqid - 1]}"
		echo "$dir $name"
	done
}

# all that the table knows: inbound without, outbound with ESN
n=0
for w in "${walk[@]}"; do
	read -r name _ _ words <<<"$w"
	n=$((n + 1))
	echo "xfrm state add src 192.0.2.2 dst 192.0.2.1 proto esp spi $n \
mode tunnel reqid $n $words replay-window 32 offload dev esp0 dir in"
	echo "xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi $n \
mode tunnel reqid $n $words replay-window 128 flag esn \
offload dev esp0 dir out"
done >"$TMP/walk"

# got: those that the kernel says are offloaded
got() {
	local reqid dir name
	ip -n A xfrm state | awk '/proto esp/ { r = $6 }
		/crypto offload/ { print r, $NF }' | sort -n |
		while read -r reqid dir; do
			read -r name _ <<<"${walk[reqid - 1]}"
			echo "$dir $name"
		done
}

states() { ip -n A xfrm state | grep -c '^src'; }

is "engines of the whole table" "$(manual | sed 's/ .*//' | sort)" \
	"$(find "$SIM" -mindepth 1 -maxdepth 1 -printf '%f\n' |
		sed 's/^sim-//' | sort)"
all=$(wc -l <"$TMP/walk")
while read -r soc row; do
	e=sim-$soc
	engine "$e"
	ip -n A -b "$TMP/walk" 2>"$TMP/said" ||
		fail "$e: the walk" "$(cat "$TMP/said")"
	# shellcheck disable=SC2086 # words
	want=$(wanted $row | sort)
	is "$e: offloads what the table says" "$want" "$(got | sort)"
	is "$e: and the others are software's" "$all" "$(states)"
	is "$e: its transforms" "$(wc -l <<<"$want")" "$(did "$e" transforms)"
	hash=0
	[[ $row != *'yes*** '* ]] || hash=$(did "$e" transforms)
	is "$e: those whose hash is software's" "$hash" "$(did "$e" cipher-only)"
done < <(manual)

# by its name only, and by all of it
gcm=$(aead 'rfc4106(gcm(aes))' 20 128)
rmmod sitelink_cryptoapi
for e in auto sim sim-nope sim-x86:aesni sim-x8 sim-x866; do
	engine "$e"
	# shellcheck disable=SC2086 # words
	check "engine $e: an SA all the same" sas tunnel 4 noesn $gcm
	is "engine $e: which software does" "" "$(offloaded A)"
done
check "and works" busywait 20 ping_ns A 10.0.0.2
modprobe sitelink_cryptoapi

# files in debugfs
for w in "depth 0" "depth 16385" "latency 1000001" "lost 1000001" "full -1" \
	"bad-icv x" "reorder 4294967297" "reset 0" "dead 2" "insert 1"; do
	check "refused: $w" not eval \
		"echo ${w#* } >\$SIM/sim-x86/${w% *}"
done
is "depth is as it was" 1024 "$(cat "$SIM/sim-x86/depth")"
finish
