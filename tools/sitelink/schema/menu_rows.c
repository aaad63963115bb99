// SPDX-License-Identifier: GPL-2.0-only
#include "menu_rows.h"

const char *const rows_auto[] = { "auto", NULL };
const char *const rows_inherit[] = { "inherit", NULL };
const char *const rows_arp[] = {
	"disabled", "enabled", "proxy-arp", "reply-only", NULL
};

const char rows_arp_why[] =
	"Linux answers ARP requests of everybody or, with arp=disabled, of nobody";
