#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# kernel: 6.12
# vm: -c 2 -t 1500
# What goes wrong between two sites, with both versions of IKE: the manual's
# symptoms in print, one line of the log at each side for each attempt, and lines
# of sitelink monitor. A begins, B waits.
. "$(dirname "$0")/ipsec_lib.sh"

PATH=$(dirname "$SITELINK"):$PATH
# lines of proposals and selectors
AB="src-address=10.1.0.0/24 dst-address=10.2.0.0/24"
BA="src-address=10.2.0.0/24 dst-address=10.1.0.0/24"

# site NS NAME FAR MODE SELECTORS [SETTING=VALUE...]: profile, proposal, secret or
# certificate (identity), peer (of the peer, with + for blanks)
site() {
	local profile="aes-256" proposal="aes-256-cbc" peer=""
	local identity="secret=thisisasecret" s
	for s in "${@:6}"; do
		local "$s"
	done
	cat >"$TMP/$1.rsc" <<-EOF
		/ip ipsec profile
		add name=ours enc-algorithm=$profile hash-algorithm=sha256 dh-group=modp2048 dpd-interval=2s dpd-maximum-failures=2
		/ip ipsec proposal
		add name=ours enc-algorithms=$proposal auth-algorithms=sha256 pfs-group=none
		/ip ipsec peer
		add name=$2 address=$3/32 exchange-mode=$4 profile=ours $peer
		/ip ipsec identity
		add peer=$2 $identity
		/ip ipsec policy
		add peer=$2 tunnel=yes $5 proposal=ours
		/system logging
		add topics=ipsec,!debug
		/system logging action
		set memory memory-lines=20000
	EOF
	sl "$1" apply
}
# sites_apply MODE [SETTING=VALUE...]: B has the settings, or A what begins with A:
sites_apply() {
	local mode=$1 s a=() b=()
	shift
	for s; do
		case $s in
		A:*) a+=("${s#A:}") ;;
		*) b+=("$s") ;;
		esac
	done
	sl A flush && sl B flush || return
	mark
	site B site-a "$WAN_A" "$mode" "${SELECTORS:-$BA}" \
		peer=passive=yes "${b[@]}" &&
		site A site-b "$WAN_B" "$mode" "$AB" "${a[@]}"
}

# said NS [TOPICS]: messages of the log since the sites were made
said() {
	sl "$1" -j '/log print' | jq -r --argjson from "${MARK[$1]}" \
		--arg topics "${2:-ipsec,error}" '.[$from:][] |
		select(.topics == $topics) | .message'
}
declare -A MARK=([A]=0 [B]=0)
mark() {
	local n
	for n in A B; do
		MARK[$n]=$(sl "$n" '/log print count-only')
	done
}
has_said() { said "$1" | grep -qE -- "$2"; }
# tried NS: attempts that it has begun, or that were begun with it
tried() { said "$1" ipsec | grep -cE 'initiating (an|a Main Mode|Main Mode)? ?IKE_SA'; }
twice() { [ "$(said "$1" | wc -l)" -ge 2 ]; }

# each NAME NS WANT: all errors since the mark are like WANT, and there is one for
# each attempt but the last, which may be under way
each() {
	local lines attempts
	ipsec_check "$1: $2 says it" busywait 120 has_said "$2" "$3"
	[ "${AGAIN:-}" = "" ] || ipsec_check \
		"$1: and again when it is tried again" busywait 120 twice "$2"
	# an attempt is begun before it fails
	lines=$(said "$2")
	attempts=$(tried "$2")
	is "$1: and nothing else" "" "$(grep -vE -- "$3" <<<"$lines")"
	check "$1: once for each attempt ($attempts)" between \
		"$(wc -l <<<"$lines")" $((attempts - 1)) "$attempts"
}
between() { [ "$1" -ge "$2" ] && [ "$1" -le "$3" ]; }

# fails NAME MODE A-SAYS B-SAYS SETTING=VALUE...
fails() {
	local name="$2, $1"
	check "$name: applied" sites_apply "$2" "${@:5}"
	[ -z "$3" ] || each "$name" A "$3"
	[ -z "$4" ] || each "$name" B "$4"
}

# certificates: of an authority, A, B and one that has expired, into the store;
# of RSA, which IKEv1 wants of both, and short, or they take half a minute to make
certificates() {
	local dir=/etc/sitelink/certificate n from=20200101000000Z
	mkdir -p "$dir" "$TMP/ca"
	cat >"$TMP/ca.cnf" <<-EOF
		[ca]
		default_ca = d
		[d]
		database = $TMP/ca/index
		serial = $TMP/ca/serial
		new_certs_dir = $TMP/ca
		certificate = $dir/authority.crt
		private_key = $TMP/ca.key
		default_md = sha256
		policy = p
		copy_extensions = copy
		unique_subject = no
		[p]
		commonName = supplied
	EOF
	: >"$TMP/ca/index"
	echo 01 >"$TMP/ca/serial"
	openssl req -x509 -newkey rsa:1024 -nodes -keyout "$TMP/ca.key" \
		-out "$dir/authority.crt" -subj /CN=Authority -days 3650 || return
	for n in site-a:20490101000000Z site-b:20490101000000Z \
		old:20210101000000Z; do
		openssl req -newkey rsa:1024 -nodes -keyout "$dir/${n%:*}.key" \
			-out "$TMP/csr" -subj "/CN=${n%:*}" \
			-addext "subjectAltName=DNS:${n%:*}" &&
			openssl ca -batch -config "$TMP/ca.cnf" -in "$TMP/csr" \
				-out "$dir/${n%:*}.crt" -notext \
				-startdate "$from" -enddate "${n#*:}" || return
	done
}
# identity OWN FAR: its settings
identity() {
	echo "identity=auth-method=digital-signature certificate=$1 \
remote-certificate=none my-id=fqdn:$1 remote-id=fqdn:$2"
}

# heard NS REGEX: the monitor has had such a line
heard() { grep -qE -- "$2" "$TMP/$1.monitor"; }

ipsec_sites 198.51.100.1 203.0.113.2 10.1.0 10.2.0
check "certificates" certificates
monitors=()
for n in A B; do
	ip netns exec "$n" "$SITELINK" monitor >"$TMP/$n.monitor" \
		2>"$TMP/$n.monitor.said" &
	monitors+=($!)
	ip netns exec "$n" "$SITELINK" monitor -j >"$TMP/$n.json" \
		2>/dev/null &
	monitors+=($!)
done
BACKGROUND+=("${monitors[@]}")

trns='DB\(prop#1:trns#1\):Peer\(prop#1:trns#1\) ='
for mode in main ike2; do
	if [ $mode = main ]; then
		first="fatal %s notify message, phase1 should be deleted site-b "
		second="fatal %s notify message site-b .*: of phase 2"
		none=NO-PROPOSAL-CHOSEN selectors=INVALID-ID-INFORMATION
		failed="fatal AUTHENTICATION-FAILED notify message"
		secret="parsing packet failed, possible cause: wrong password"
		psk_a=$secret psk_b=$secret exchange=ike1
		old_b='phase1 deleted by the peer site-a .* refuses our identity or certificate'
	else
		first="got fatal error: %s site-b "
		second="got fatal error: %s site-b .*: of phase 2"
		none=NO_PROPOSAL_CHOSEN selectors=TS_UNACCEPTABLE
		failed="got fatal error: AUTHENTICATION_FAILED"
		psk_a=$failed
		psk_b="peer failed to authorize: AUTH mismatch" exchange=ike2
		old_b="$failed site-a "
	fi

	AGAIN=yes fails "another secret" $mode "$psk_a site-b " "$psk_b site-a " \
		identity=secret=another
	is "$mode, another secret: no active peer" "" "$(peers A)"
	is "$mode, another secret: no phase 2" no-phase2 "$(phase2 A)"

	# shellcheck disable=SC2059 # of our own
	fails "another profile" $mode "$(printf "$first" $none)" \
		"no suitable proposal found site-a .*: rejected enctype: $trns AES-128:AES-256, profile ours" \
		profile=aes-128
	is "$mode, another profile: no active peer" "" "$(peers A)"

	# shellcheck disable=SC2059
	fails "another proposal" $mode "" "" proposal=aes-128-cbc
	# shellcheck disable=SC2059
	ipsec_check "$mode, another proposal: A says it" busywait 60 \
		has_said A "$(printf "$second" $none)"
	ipsec_check "$mode, another proposal: B says it" busywait 60 has_said B \
		"failed to pre-process ph2 packet, no suitable proposal found site-a .*: rejected enctype: $trns AES-128:AES-256, proposal ours"
	is "$mode, another proposal: phase 1 is there" "$WAN_B" "$(peers A)"
	is "$mode, another proposal: no SA" 0 "$(sas A)"
	is "$mode, another proposal: no phase 2" no-phase2 "$(phase2 A)"

	SELECTORS="src-address=10.3.0.0/24 dst-address=10.1.0.0/24" \
		fails "other selectors" $mode "" ""
	# shellcheck disable=SC2059
	ipsec_check "$mode, other selectors: A says it" busywait 60 has_said A \
		"$(printf "$second" $selectors)"
	ipsec_check "$mode, other selectors: B says it" busywait 60 has_said B \
		"the peer asks for 10.2.0.0/24 === 10.1.0.0/24, which no policy is for; there is 10.3.0.0/24 === 10.1.0.0/24"
	is "$mode, other selectors: no SA" 0 "$(sas A)"

	fails "its certificate has expired" $mode "$failed.* site-b " \
		"can't verify peer's certificate from store site-a .*: certificate \"CN=old\" has expired, it was valid until Jan 01 .* 2021" \
		"A:$(identity old site-b)" "$(identity site-b old)"
	is "$mode, its certificate has expired: no active peer" "" "$(peers A)"
	fails "the other's certificate has expired" $mode \
		"can't verify peer's certificate from store site-b .*: certificate \"CN=old\" has expired" \
		"$old_b" "A:$(identity site-a old)" "$(identity old site-a)"

	check "$mode: applied" sites_apply $mode
	ipsec_wait A
	is "$mode: no error" "" "$(said A)"
	ipsec_check "$mode: the monitor has heard of it" busywait 30 heard A \
		"^sa-installed site-b $WAN_A $WAN_B $exchange .* ESP 0x[0-9a-f]{8} 0x[0-9a-f]{8} 10.1.0.0/24 10.2.0.0/24\$"
	ipsec_check "$mode: and of phase 1" heard A \
		"^ike-up site-b $WAN_A $WAN_B $exchange\$"
	ip -n W link set toB down
	ipsec_check "$mode, a cut link: A says it" busywait 120 has_said A \
		'^dpd failure site-b .*: the peer does not answer'
	ipsec_check "$mode, a cut link: B says it" busywait 120 has_said B \
		'^dpd failure site-a .*: the peer does not answer'
	ipsec_check "$mode, a cut link: nobody is there" busywait 120 has_said A \
		'^phase1 negotiation failed due to time up site-b '
	ipsec_check "$mode, a cut link: the monitor has heard" heard A \
		'^dpd-failure site-b dpd failure site-b '
	ipsec_check "$mode, a cut link: the SA is gone" busywait 30 heard A \
		'^sa-deleted site-b '
	ip -n W link set toB up
	ipsec_wait A
done
check "the monitor has heard what failed" heard A '^ike-error site-b got fatal'
check "of the daemon, each time it was there" at_least 10 \
	grep -c 'listening to the IKE daemon' "$TMP/A.monitor.said"
is "as JSON, an object a line" "$(wc -l <"$TMP/A.json")" \
	"$(jq -c . "$TMP/A.json" | wc -l)"
kill "${monitors[@]}"
for n in "${monitors[@]}"; do
	wait "$n"
	is "a monitor ends when it is told to" 0 $?
done
ipsec_sites_gone
finish
