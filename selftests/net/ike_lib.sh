# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# strongSwan in namespaces A and B: a charon in each, its files in $TMP/NS.

PAGE=$NET_DIR/../../Documentation/espdev.rst
command -v charon-systemd swanctl >/dev/null || skip_all "no strongSwan"

# documented: the page's swanctl.conf
documented() {
	awk '/^[^ ]/ { on = 0 } on; /exchanged::$/ { on = 1 }' "$PAGE"
}

# ike_conf NS [CONNECTION [CHILD]]: the page's, B's the other way round, with
# more settings, one a line
ike_conf() {
	local conf=$TMP/$1/swanctl.conf

	mkdir -p "$TMP/$1"
	documented >"$conf"
	[ "$1" = A ] || sed -i 's/\<local/near/; s/\<remote/local/
		s/\<near/remote/' "$conf"
	cat >>"$conf" <<-EOF
		connections {
		site {
		${2:-}
		children {
		net {
		${3:-}
		}
		}
		}
		}
	EOF
}

declare -A CHARON # each one's process

# charon NS: what it needs for the page's configuration, and no more
charon() {
	local dir=$TMP/$1 crypto="random nonce aes sha1 sha2 hmac kdf gmp"

	cat >"$dir/strongswan.conf" <<-EOF
		charon-systemd {
			load = $crypto kernel-netlink socket-default vici
			install_routes = no
			delete_rekeyed_delay = 2
			journal {
				default = -1
			}
			filelog {
				file {
					path = $dir/log
					flush_line = yes
				}
			}
			plugins {
				vici {
					socket = unix://$dir/vici
				}
			}
		}
		swanctl {
			load = random
		}
	EOF
	STRONGSWAN_CONF=$dir/strongswan.conf ip netns exec "$1" \
		charon-systemd >"$dir/out" 2>&1 &
	# shellcheck disable=SC2034 # the test's
	CHARON[$1]=$!
	BACKGROUND+=($!)
	busywait 60 test -S "$dir/vici"
}

# ike NS COMMAND...: of swanctl
ike() {
	STRONGSWAN_CONF=$TMP/$1/strongswan.conf swanctl "${@:2}" \
		--uri "unix://$TMP/$1/vici"
}

# ike_load NS: or load anew
ike_load() { ike "$1" --load-all --file "$TMP/$1/swanctl.conf"; }

# ike_check NAME COMMAND...: as check, and the daemons' own words if not
ike_check() {
	local failed=$TAP_FAILED n
	check "$@"
	[ "$failed" = "$TAP_FAILED" ] || for n in A B; do
		tail -n 30 "$TMP/$n/log" "$TMP/$n/out" | sed "s/^/# $n: /"
	done
}

# ike_again [CONNECTION [CHILD [B's CHILD]]]: both anew, with these settings
ike_again() {
	ike A --terminate --ike site >/dev/null 2>&1
	ike_conf A "${1:-}" "${2:-}"
	ike_conf B "" "${3:-${2:-}}"
	ike_load A && ike_load B && ike A --initiate --child net
}
