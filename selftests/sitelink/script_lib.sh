# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Tests of what scripts make and what is said of their mistakes; sanitizers watch.
set -u
. "$(dirname "$0")/../vm/lib.sh"
. "$(dirname "$0")/../tap.sh"

"$VM_DIR/deps" build || exit 125
asan=$SITELINK_BUILD/selftests/asan
export CFLAGS="-O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
made tools/sitelink selftests/asan || exit 125
tmp=$(mktemp -d) || exit 125
trap 'rm -rf "$tmp"' EXIT

# a leak of a process that ends is none
sitelink() { ASAN_OPTIONS=detect_leaks=0 "$asan/sitelink" "$@"; }
run() { # SCRIPT ARG...
	printf '%b' "$1" >"$tmp/t.rsc"
	shift
	(cd "$tmp" && sitelink "$@" 2>&1)
}
# says NAME SCRIPT WORDS...: of a mistake, each of WORDS
says() {
	local name=$1 got word
	got=$(run "$2" check --offline t.rsc)
	is "$name: refused" 1 $?
	shift 2
	for word in "$@"; do
		like "$name: $word" "$word" "$got"
	done
}
# makes NAME SCRIPT EXPORT
makes() {
	local name=$1
	run "$2" check --offline t.rsc >"$tmp/said"
	is "$name: right" 0 $?
	is "$name" "$3" "$(run "$2" -f t.rsc /export | grep -v '^#\|^t.rsc:')"
}
