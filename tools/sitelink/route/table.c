// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "table.h"

#define TABLE_BASE	0x53000000
#define TABLE_MASK	0x00ffffff

/* default, main, local: what looks like their number is a table of its own. */
static bool is_kernels(unsigned long n)
{
	return n >= RT_TABLE_DEFAULT && n <= RT_TABLE_LOCAL;
}

uint32_t table_number(const char *name)
{
	unsigned long n;
	uint32_t hash;
	char *end;

	if (!strcmp(name, "main"))
		return RT_TABLE_MAIN;
	errno = 0;
	n = strtoul(name, &end, 10);
	if (*name >= '1' && *name <= '9' && !*end && !errno &&
	    n <= UINT32_MAX && !is_kernels(n))
		return n;
	hash = hash_text(HASH_BEGIN, name);
	return TABLE_BASE | (((hash >> 24) ^ hash) & TABLE_MASK);
}
