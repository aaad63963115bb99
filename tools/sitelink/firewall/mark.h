/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * RouterOS' marks are names, three kinds that do not disturb each other; Linux'
 * are numbers, one of a packet (fwmark) and one of its connection.
 */
#ifndef SITELINK_MARK_H
#define SITELINK_MARK_H

#include <stdint.h>

/*
 * The packet's: the lower half is its routing mark, so that an "ip rule" must look
 * for "fwmark MARK/0xffff"; the upper half is its packet mark.
 */
#define MARK_ROUTING	0x0000ffffU
#define MARK_PACKET	0xffff0000U

/* Never 0, which is no mark. Two names may have one number: the caller looks. */
uint32_t mark_of_connection(const char *name);
uint32_t mark_of_packet(const char *name);
/* @table: its number; up to 65535 that is the mark */
uint32_t mark_of_table(uint32_t table);

/* FNV-1a: of @seed, which is 0 at first, and @text */
uint64_t hash_text(uint64_t seed, const char *text);

#endif /* SITELINK_MARK_H */
