# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
# Debian packages in the cache, unpacked and not installed. Who uses it has
#	packages	prints their names; the first one's version is that of all
#	finish ROOT	does what is left to do with what has been unpacked
#	usable ROOT	says whether it is still all that this machine needs; it is,
#			if not given

usable() { :; }

# Packages change several times a week at most: ask apt once per hour.
fresh() { [ -n "$(find "$1" -mmin -60 2>/dev/null)" ]; }

version_of() { apt-cache policy "$1" | sed -n 's/^ *Candidate: //p'; }

# fetch DIR PACKAGE...: download and unpack
fetch() {
	local dir=$1 tmp p
	shift

	tmp=$(mktemp -d "$SITELINK_CACHE/tmp.XXXXXX") || exit 125
	for p in "$@"; do
		say "fetching $p"
		(cd "$tmp" && apt-get -qq download "$p" 2>/dev/null) ||
			{ rm -rf "$tmp"; return 1; }
	done
	mkdir "$tmp/root"
	for p in "$tmp"/*.deb; do
		dpkg-deb -x "$p" "$tmp/root" || { rm -rf "$tmp"; return 1; }
	done
	rm -f "$tmp"/*.deb
	finish "$tmp/root" || { rm -rf "$tmp"; return 1; }
	rm -rf "$dir"
	mv "$tmp/root" "$dir"
	rm -rf "$tmp"
}

# cached DIR WHAT: an up-to-date copy there; die and say that there is no WHAT
cached() {
	local dir=$1 what=$2 version='' pkgs

	mkdir -p "$SITELINK_CACHE"
	# what the copy borrowed from the machine may have been uninstalled
	[ ! -e "$dir/.version" ] || usable "$dir" || rm -f "$dir"/.{asked,version}
	fresh "$dir/.asked" && return 0
	mapfile -t pkgs < <(packages)
	if [ ${#pkgs[@]} -eq 0 ] && [ ! -e "$dir/.version" ]; then
		say "updating the package lists"
		apt-get -qq update || die "apt-get update failed"
		mapfile -t pkgs < <(packages)
	fi
	[ ${#pkgs[@]} -gt 0 ] &&
		version="${pkgs[0]} $(version_of "${pkgs[0]}")"
	if [ -z "$version" ]; then
		[ -e "$dir/.version" ] ||
			die "apt has no $what; is this Debian 12?"
	elif [ "$version" != "$(cat "$dir/.version" 2>/dev/null)" ]; then
		fetch_new || return 1
	fi
	touch "$dir/.asked"
}

fetch_new() {
	if ! fetch "$dir" "${pkgs[@]}"; then
		# the archive may have moved on since the last update
		say "updating the package lists"
		apt-get -qq update
		mapfile -t pkgs < <(packages)
		version="${pkgs[0]} $(version_of "${pkgs[0]}")"
		fetch "$dir" "${pkgs[@]}" || {
			[ -e "$dir/.version" ] && return 0
			die "cannot download ${pkgs[*]}"
		}
	fi
	echo "$version" >"$dir/.version"
}
