// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>

#include "type_hex.h"

static const char *parse_hex(struct arena *a, const struct rule *r,
			     const char *text)
{
	const char *decimal = type_number.parse(a, r, text);
	char buf[24];

	if (!decimal)
		return NULL;
	return arena_strndup(a, buf,
			     snprintf(buf, sizeof(buf), "0x%02llx",
				      strtoll(decimal, NULL, 10)));
}

static int compare_hex(const char *a, const char *b)
{
	long long x = strtoll(a, NULL, 16), y = strtoll(b, NULL, 16);

	return (x > y) - (x < y);
}

const struct type type_hex = { "number", "0x80", parse_hex, compare_hex };
