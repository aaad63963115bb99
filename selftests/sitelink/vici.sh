#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# The client of the IKE daemon's control socket: messages to octets and back, octets
# cut, wrong or hostile, a daemon that goes. On the host; sanitizers watch.
# SITELINK_FUZZ: seconds of mutated octets (10).
set -u
. "$(dirname "$0")/../vm/lib.sh"
. "$(dirname "$0")/../tap.sh"

"$VM_DIR/deps" build || exit 125
bin=$SITELINK_BUILD/selftests
made selftests/sitelink selftests || exit 125
tmp=$(mktemp -d) || exit 125
trap 'rm -rf "$tmp"' EXIT
cd "$tmp" || exit 125

try() { check "$1" timeout 120 "$bin/vici_test" "${@:2}"; }

try "the protocol's example, both ways" example
try "cut at each octet" truncated
try "what is no message is none" refused
try "limits of depth, names, values and size" limits
try "answers, refusals, events in between" answers
try "a hostile daemon, or one that goes" malice
seed=$RANDOM
try "mutated octets (seed $seed)" fuzz "${SITELINK_FUZZ:-10}" $seed
tap_end
