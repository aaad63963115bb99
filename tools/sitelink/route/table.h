/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Routing tables have names in RouterOS and numbers in the kernel.
 */
#ifndef SITELINK_TABLE_H
#define SITELINK_TABLE_H

#include <stdint.h>

/*
 * The number of a table: "main" is 254, a number is itself, any other name, and what
 * looks like a number of the kernel's own tables (253 to 255), is hashed to 0x53000000
 * and up, out of the way of other people's. `ip rule` shows it, and the mark of
 * packets that shall use it: see mark_of_table().
 */
uint32_t table_number(const char *name);

#endif /* SITELINK_TABLE_H */
