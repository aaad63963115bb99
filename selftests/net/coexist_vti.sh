#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# vm: -t 600
# vti beside tunnels and IPsec between the same hosts, gre and ipip of either
# owner: who comes first, all at once, and each one leaving in turn.
. "$(dirname "$0")/beside.sh"

ours=(vti)
others=(gre ipip sit ip6gre vti6 xfrm eoip)

# shellcheck disable=SC2034 # beside.sh
OWN=(vti)
beside "vti last, the kernel's gre and ipip" "${others[@]}" vti
# shellcheck disable=SC2034
OWN=(vti gre ipip)
beside "vti first, gre and ipip ours" vti "${others[@]}"
finish
