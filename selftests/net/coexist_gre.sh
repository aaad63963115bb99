#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# gre, gretap and ipip of ours beside everything in-tree that shares a protocol
# or a table with them, and eoip: who comes first, all at once, and each one
# leaving in turn.
. "$(dirname "$0")/beside.sh"

ours=(gre gretap ipip)
others=(pptp ip6gre ip6tnl sit sitany xfrm eoip)
# shellcheck disable=SC2034 # beside.sh
OWN=("${ours[@]}")

beside "ours first" "${ours[@]}" "${others[@]}"
beside "ours last" "${others[@]}" "${ours[@]}"
finish
