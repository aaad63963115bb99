# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# For benchmark and demonstration: pairs of sites that stand side by side, each
# with one SA of rfc4106(gcm(aes)) each way, by AES-NI.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

modprobe -a aesni_intel ghash_clmulni_intel esp4_offload sitelink_espdev \
	sitelink_cryptoapi || exit 1

# ends NAME: namespaces A-NAME and B-NAME, joined by `wan`; inner addresses
# 10.0.0.1 and .2
ends() {
	local name=$1 n me=1
	setup_ns "A-$name" "B-$name"
	ip link add wan netns "A-$name" type veth peer name wan netns "B-$name"
	for n in A B; do
		ip -n "$n-$name" link set wan up
		tc -n "$n-$name" qdisc replace dev wan root fq_codel
		ip -n "$n-$name" addr add 10.0.0.$me dev lo
		me=2
	done
}

# for_both NAME COMMAND...: with NS ME YOU
for_both() {
	local name=$1
	shift
	"$@" "A-$name" 1 2 && "$@" "B-$name" 2 1
}

# sas DEVICE [offload] NS ME YOU
sas() {
	local dev=$1 offload='' ns me you a src dst dir
	shift
	[ "$1" != offload ] || { offload="offload dev $dev"; shift; }
	ns=$1 me=$2 you=$3
	ip -n "$ns" addr add "192.0.2.$me/24" dev "$dev"
	for a in "$me $you out" "$you $me in"; do
		read -r src dst dir <<<"$a"
		# shellcheck disable=SC2086 # words
		ip -n "$ns" xfrm state add src "192.0.2.$src" \
			dst "192.0.2.$dst" proto esp spi "0x20$src" reqid 1 \
			mode tunnel replay-window 256 aead 'rfc4106(gcm(aes))' \
			0x000102030405060708090a0b0c0d0e0f10111213 128 \
			${offload:+$offload dir $dir} || return
		ip -n "$ns" xfrm policy add src "10.0.0.$src/32" \
			dst "10.0.0.$dst/32" dir "$dir" tmpl \
			src "192.0.2.$src" dst "192.0.2.$dst" proto esp \
			reqid 1 mode tunnel || return
	done
	ip -n "$ns" route add "10.0.0.$you" via "192.0.2.$you" dev "$dev" \
		src "10.0.0.$me"
}

espdev() { # NS ME YOU
	ip -n "$1" link add link wan name esp0 type espdev &&
		ip -n "$1" link set esp0 up && sas esp0 offload "$@"
}
