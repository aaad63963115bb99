# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Shared by the scripts of the test machine: where things are, what a kernel
# is called, how to say things.

VM_DIR=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SITELINK_TOP=$(cd "$VM_DIR/../.." && pwd)
SITELINK_BUILD=${SITELINK_BUILD:-$SITELINK_TOP/build}
SITELINK_CACHE=${SITELINK_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sitelink}

VM_KERNELS="6.1 6.12"

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
die() { say "$*"; exit 125; }

# known_kernel KERNEL: die unless it is one of ours
known_kernel() {
	case " $VM_KERNELS " in
	*" $1 "*) ;;
	*) die "kernel '$1' is not known; use one of: $VM_KERNELS" ;;
	esac
}

# meta_package image|headers KERNEL: Debian's package of today's version
meta_package() {
	case $2 in
	6.1) echo "linux-$1-amd64" ;;
	*) echo "linux-$1-$2-amd64" ;;
	esac
}

# locked NAME COMMAND...: one at a time on this machine
locked() {
	local name=$1
	shift
	mkdir -p "$SITELINK_CACHE/lock"
	(
		flock 9
		"$@"
	) 9>"$SITELINK_CACHE/lock/$name"
}

# made DIR BELOW: the programs of DIR, in the build's BELOW; tests side by side ask for
# the same ones
made() {
	locked build-tools make -s -j"$(nproc)" -C "$SITELINK_TOP/$1" \
		OUT="$SITELINK_BUILD/$2"
}

# copy_tree DIR: the files that git knows, as they are now; a mutant may be as long and
# of the same second
copy_tree() {
	git -C "$SITELINK_TOP" ls-files -z |
		rsync -ac0 --files-from=- "$SITELINK_TOP/" "$1/"
}

# among WORD [NAME...]: one of the names, or there are none
among() {
	local word=$1 name
	shift
	[ $# -eq 0 ] && return 0
	for name in "$@"; do
		[ "$name" = "$word" ] && return 0
	done
	return 1
}

# vm_options TEST: of its machine, from its "# vm: OPTIONS"
vm_options() { sed -n 's/^# vm: //p' "$SITELINK_TOP/selftests/net/$1.sh"; }
