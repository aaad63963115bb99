# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# TAP, for tests on the host and in the test machine alike. SITELINK_FAIL_FAST in
# the environment: the first failure ends the test, which is all that mutate asks.

TAP_N=0
TAP_FAILED=0

pass() {
	TAP_N=$((TAP_N + 1))
	echo "ok $TAP_N - $1"
}

# fail NAME [WHY]
fail() {
	TAP_N=$((TAP_N + 1))
	TAP_FAILED=$((TAP_FAILED + 1))
	echo "not ok $TAP_N - $1"
	[ -z "${2:-}" ] || printf '%s\n' "$2" | sed 's/^/# /'
	[ -z "${SITELINK_FAIL_FAST:-}" ] || exit 1
}

# check NAME COMMAND...: COMMAND succeeds
check() {
	local name=$1 out
	shift
	if out=$("$@" 2>&1); then
		pass "$name"
	else
		fail "$name" "$* said: $out"
	fi
}

# not COMMAND...: for check
not() { ! "$@"; }

# is NAME WANT GOT
is() {
	if [ "$2" = "$3" ]; then
		pass "$1"
	else
		fail "$1" "wanted: $2
got:    $3"
	fi
}

# like NAME REGEX TEXT
like() {
	if [[ $3 =~ $2 ]]; then
		pass "$1"
	else
		fail "$1" "wanted a match of: $2
got: $3"
	fi
}

# tap_end: the plan, which comes last; false when something failed or nothing ran
tap_end() {
	echo "1..$TAP_N"
	[ "$TAP_FAILED" = 0 ] && [ "$TAP_N" -gt 0 ]
}
