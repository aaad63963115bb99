# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# libreswan in a namespace, unpacked and not installed, its files in $TMP/NS.pluto

LIBRESWAN=${SITELINK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sitelink}/libreswan
[ -x "$LIBRESWAN/usr/libexec/ipsec/pluto" ] || skip_all "no libreswan"

# lsw NS PROGRAM WORD...: one of its programs there, which look for each other in
# /usr/libexec; ip has made a mount namespace for it
lsw() {
	local ns=$1 program=$2
	# shellcheck disable=SC2016
	ip netns exec "$ns" bash -c 'mount --bind "$0/usr/libexec" /usr/libexec
		export LD_LIBRARY_PATH=$(echo "$0"/usr/lib/*-linux-gnu)
		export PATH=/usr/libexec/ipsec:$0/usr/bin:$PATH
		exec "$@"' "$LIBRESWAN" "$program" "${@:3}"
}

# pluto NS SECRET: the daemon, with connections of none yet, this one's secret
# for whoever asks; its configuration is standard input
pluto() {
	local ns=$1 secret=$2 dir=$TMP/$1.pluto

	rm -rf "$dir"
	mkdir -p "$dir/run" "$dir/nss" "$dir/policies"
	{
		echo "config setup"
		echo "	logfile=$dir/log"
		echo "	ikev1-policy=accept"
		# nothing but the connections asks for a script of its own
		sed 's/^conn .*/&\n\tleftupdown=%disabled\n\trightupdown=%disabled/'
	} >"$dir/ipsec.conf"
	echo ": PSK \"$secret\"" >"$dir/secrets"
	lsw "$ns" certutil -N -d "sql:$dir/nss" --empty-password || return
	lsw "$ns" pluto --nofork --config "$dir/ipsec.conf" \
		--secretsfile "$dir/secrets" --rundir "$dir/run" \
		--ipsecdir "$dir" --nssdir "$dir/nss" --nhelpers 0 \
		--logfile "$dir/log" >"$dir/out" 2>&1 &
	BACKGROUND+=($!)
	# shellcheck disable=SC2034 # the test's
	PLUTO=$!
	busywait 60 test -S "$dir/run/pluto.ctl" &&
		whack "$ns" --listen
}

# whack NS WORD...: tell it, and what it makes of it within two minutes
whack() { lsw "$1" timeout 120 whack --rundir "$TMP/$1.pluto/run" "${@:2}"; }

# pluto_conn NS NAME: load a connection of its configuration; who begins, says
# whack --initiate
pluto_conn() {
	local dir=$TMP/$1.pluto
	lsw "$1" addconn --config "$dir/ipsec.conf" \
		--ctlsocket "$dir/run/pluto.ctl" "$2"
}
