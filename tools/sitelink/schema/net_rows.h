/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rows that the menus of addresses and routes share.
 */
#ifndef SITELINK_NET_ROWS_H
#define SITELINK_NET_ROWS_H

#include "schema.h"

#define TABLE_OF(rows) .props = (rows), .count = sizeof(rows) / sizeof((rows)[0])

#define COMMENT_ROW \
	{ .name = "comment", .rule = { &type_text }, \
	  .maps = "none", .help = "Words for people." }
#define DISABLED_ROW \
	{ .name = "disabled", .rule = { &type_bool }, .def = "no", \
	  .flags = PROP_FLAG, .letter = 'X', \
	  .maps = "left out", .help = "As if it were not there." }
#define FLAG_ROW(what, sign, text) \
	{ .name = (what), .rule = { &type_bool }, .def = "no", \
	  .flags = PROP_FLAG | PROP_READ_ONLY, .letter = (sign), \
	  .help = (text) }
#define DYNAMIC_ROW \
	FLAG_ROW("dynamic", 'D', "Not of the configuration.")
#define BOOL_OF(what, otherwise, to, text) \
	.name = (what), .rule = { &type_bool }, .def = (otherwise), \
	.maps = (to), .help = (text)
#define BOOL_ROW(...)	{ BOOL_OF(__VA_ARGS__) }
#define SETTING_ROW(...) { BOOL_OF(__VA_ARGS__), .flags = PROP_EXPLICIT }

extern const char *const route_types[], *const check_words[];

#endif /* SITELINK_NET_ROWS_H */
