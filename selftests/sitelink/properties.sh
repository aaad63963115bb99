#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-only
# Documentation/properties.rst is what the menus say today.
set -u
. "$(dirname "$0")/../vm/lib.sh"
. "$(dirname "$0")/../tap.sh"

"$VM_DIR/deps" build || exit 125
made tools/sitelink tools || exit 125
page=$SITELINK_TOP/Documentation/properties.rst
check "the page is up to date (or: sitelink properties >$page)" \
	diff -u "$page" <("$SITELINK_BUILD/tools/sitelink" properties)
tap_end
