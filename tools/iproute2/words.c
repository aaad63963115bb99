// SPDX-License-Identifier: GPL-2.0-only
/*
 * RouterOS' words: the properties that every kind of sitelink shares, parsed
 * and printed from one table. Ranges are the kernel's to check, so that its
 * sentence is the one a user sees; here only what fits no attribute is
 * refused.
 */
#include <errno.h>
#include <linux/sitelink.h>
#include <stdlib.h>
#include <string.h>

#include "words.h"

enum word_type {
	WORD_SWITCH,
	WORD_SECONDS,
	WORD_DF,
	WORD_DSCP,
	WORD_KEEPALIVE,
	WORD_MTU,
	WORD_STATUS,
};

struct word {
	const char *name;
	enum word_type type;
	int attr;
	const char *help;
};

/* In the order in which they are printed. */
static const struct word table[] = {
	{ "keepalive", WORD_KEEPALIVE, IFLA_SITELINK_KEEPALIVE_INTERVAL,
	  "SEC[,RETRIES] | off" },
	{ "clamp-tcp-mss", WORD_SWITCH, IFLA_SITELINK_CLAMP_TCP_MSS,
	  "on | off" },
	{ "dont-fragment", WORD_DF, IFLA_SITELINK_DONT_FRAGMENT,
	  "no | inherit" },
	{ "dscp", WORD_DSCP, IFLA_SITELINK_DSCP, "inherit | 0..63" },
	{ "loop-protect", WORD_SWITCH, IFLA_SITELINK_LOOP_PROTECT,
	  "on | off" },
	{ "loop-protect-send-interval", WORD_SECONDS,
	  IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL, "SEC" },
	{ "loop-protect-disable-time", WORD_SECONDS,
	  IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME, "SEC" },
	{ "loop-protect-status", WORD_STATUS,
	  IFLA_SITELINK_LOOP_PROTECT_STATUS, NULL },
	{ "allow-fast-path", WORD_SWITCH, IFLA_SITELINK_ALLOW_FAST_PATH,
	  "on | off" },
	{ "mtu", WORD_MTU, IFLA_SITELINK_MTU_AUTO, "auto" },
};

enum { WORDS = sizeof(table) / sizeof(*table) };

/* The argument of the word at the cursor, which moves on to it. */
const char *cursor_value(struct cursor *c)
{
	if (--c->argc <= 0)
		incomplete_command();
	return *++c->argv;
}

__u32 parse_number(const char *word, const char *text, __u32 max)
{
	unsigned long n;
	char *end;

	errno = 0;
	n = strtoul(text, &end, 0);
	if (end == text || *end || *text == '-' || errno || n > max)
		invarg(word, text);
	return n;
}

bool parse_switch(const char *word, const char *text)
{
	if (!strcmp(text, "on") || !strcmp(text, "yes"))
		return true;
	if (strcmp(text, "off") && strcmp(text, "no"))
		invarg(word, text);
	return false;
}

/* Seconds, as a number or in RouterOS' form: 10, 10s, 5m, 1h30m, 1d. */
static __u32 parse_seconds(const char *word, const char *text)
{
	static const char units[] = "smhd";
	static const unsigned int seconds[] = { 1, 60, 3600, 86400 };
	unsigned long long sum = 0;
	const char *p = text;
	char *end;

	do {
		unsigned long long n;
		const char *unit;

		errno = 0;
		n = strtoull(p, &end, 10);
		if (end == p || *p < '0' || *p > '9' || errno ||
		    n > 0xffffffff)
			invarg(word, text);
		p = end;
		unit = *p ? strchr(units, *p) : NULL;
		if (*p && !unit)
			invarg(word, text);
		sum += n * (unit ? seconds[unit - units] : 1);
		p += !!unit;
	} while (*p);
	if (sum > 0xffffffff)
		invarg(word, text);
	return sum;
}

static void set(struct words *w, int attr, __u32 value)
{
	w->given |= 1U << attr;
	w->value[attr] = value;
}

static void parse_keepalive(struct words *w, const char *text)
{
	char interval[32];
	const char *comma = strchr(text, ',');
	size_t len = comma ? (size_t)(comma - text) : strlen(text);

	if (!strcmp(text, "off") || !strcmp(text, "disabled")) {
		set(w, IFLA_SITELINK_KEEPALIVE_INTERVAL, 0);
		return;
	}
	if (len >= sizeof(interval))
		invarg("keepalive: SEC,RETRIES or off", text);
	snprintf(interval, sizeof(interval), "%.*s", (int)len, text);
	set(w, IFLA_SITELINK_KEEPALIVE_INTERVAL,
	    parse_seconds("keepalive: SEC,RETRIES or off", interval));
	if (comma)
		set(w, IFLA_SITELINK_KEEPALIVE_RETRIES,
		    parse_number("keepalive: SEC,RETRIES or off", comma + 1,
				 0xffffffff));
}

static void parse_word(struct words *w, const struct word *word,
		       const char *text)
{
	switch (word->type) {
	case WORD_SWITCH:
		set(w, word->attr, parse_switch(word->name, text));
		break;
	case WORD_SECONDS:
		set(w, word->attr, parse_seconds(word->name, text));
		break;
	case WORD_DF:
		if (!strcmp(text, "no"))
			set(w, word->attr, SITELINK_DF_NO);
		else if (!strcmp(text, "inherit"))
			set(w, word->attr, SITELINK_DF_INHERIT);
		else
			invarg("dont-fragment: no or inherit", text);
		break;
	case WORD_DSCP:
		if (!strcmp(text, "inherit"))
			set(w, word->attr, SITELINK_DSCP_INHERIT);
		else
			set(w, word->attr, parse_number("dscp", text, 254));
		break;
	case WORD_KEEPALIVE:
		parse_keepalive(w, text);
		break;
	case WORD_MTU:
		if (strcmp(text, "auto"))
			invarg("mtu: only auto here, a number goes before type",
			       text);
		set(w, word->attr, 1);
		break;
	case WORD_STATUS:
		invarg("read-only", word->name);
	}
}

/* Parse the word at the cursor, if it is one of ours. */
bool words_parse(struct words *w, struct cursor *c)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		if (!strcmp(*c->argv, table[i].name))
			break;
	if (i == WORDS)
		return false;
	if (w->given & 1U << table[i].attr)
		duparg(table[i].name, *c->argv);
	parse_word(w, &table[i], cursor_value(c));
	return true;
}

static bool is_u32(int attr)
{
	switch (attr) {
	case IFLA_SITELINK_KEEPALIVE_INTERVAL:
	case IFLA_SITELINK_KEEPALIVE_RETRIES:
	case IFLA_SITELINK_LOOP_PROTECT_SEND_INTERVAL:
	case IFLA_SITELINK_LOOP_PROTECT_DISABLE_TIME:
		return true;
	}
	return false;
}

/* Put what was given into the request. */
void words_add(const struct words *w, struct nlmsghdr *n)
{
	struct rtattr *nest;
	int attr;

	if (!w->given)
		return;
	nest = addattr_nest(n, LINK_REQ_MAX, IFLA_SITELINK | NLA_F_NESTED);
	for (attr = 1; attr <= IFLA_SITELINK_MAX; attr++) {
		if (!(w->given & 1U << attr))
			continue;
		if (is_u32(attr))
			addattr32(n, LINK_REQ_MAX, attr, w->value[attr]);
		else
			addattr8(n, LINK_REQ_MAX, attr, w->value[attr]);
	}
	addattr_nest_end(n, nest);
}

/* 0 when the kernel sent less than expected. */
__u32 attr_u32(const struct rtattr *a)
{
	__u32 v = 0;

	if (RTA_PAYLOAD(a) >= sizeof(v))
		memcpy(&v, RTA_DATA(a), sizeof(v));
	return v;
}

__u8 attr_u8(const struct rtattr *a)
{
	return RTA_PAYLOAD(a) >= 1 ? *(__u8 *)RTA_DATA(a) : 0;
}

void print_word(const char *word, const char *text)
{
	print_color_string(PRINT_FP, COLOR_NONE, NULL, "%s ", word);
	print_color_string(PRINT_ANY, COLOR_NONE, word, "%s ", text);
}

void print_number(const char *word, unsigned int value)
{
	print_color_string(PRINT_FP, COLOR_NONE, NULL, "%s ", word);
	print_color_uint(PRINT_ANY, COLOR_NONE, word, "%u ", value);
}

static void print_switch(const char *word, bool on)
{
	print_color_string(PRINT_FP, COLOR_NONE, NULL, "%s ", word);
	print_color_string(PRINT_FP, COLOR_NONE, NULL, "%s ",
			   on ? "on" : "off");
	print_color_bool(PRINT_JSON, COLOR_NONE, word, NULL, on);
}

/* JSON has two numbers; text has what can be typed again. */
static void print_keepalive(struct rtattr *tb[])
{
	struct rtattr *r = tb[IFLA_SITELINK_KEEPALIVE_RETRIES];
	__u32 interval = attr_u32(tb[IFLA_SITELINK_KEEPALIVE_INTERVAL]);
	__u32 retries = r ? attr_u32(r) : 0;

	print_color_uint(PRINT_JSON, COLOR_NONE, "keepalive-interval", NULL,
			 interval);
	print_color_uint(PRINT_JSON, COLOR_NONE, "keepalive-retries", NULL,
			 retries);
	if (!interval) {
		print_color_string(PRINT_FP, COLOR_NONE, NULL, "%s ",
				   "keepalive off");
		return;
	}
	print_color_uint(PRINT_FP, COLOR_NONE, NULL, "keepalive %u", interval);
	print_color_uint(PRINT_FP, COLOR_NONE, NULL, ",%u ", retries);
}

static void print_one(const struct word *word, struct rtattr *tb[])
{
	static const char * const status[] = { "off", "on", "disable" };
	struct rtattr *a = tb[word->attr];
	__u8 v = attr_u8(a);

	switch (word->type) {
	case WORD_SWITCH:
		print_switch(word->name, v);
		break;
	case WORD_SECONDS:
		print_number(word->name, attr_u32(a));
		break;
	case WORD_DF:
		/* else the in-tree pmtudisc, which has a word of its own */
		if (v != SITELINK_DF_SET)
			print_word(word->name,
				   v == SITELINK_DF_NO ? "no" : "inherit");
		break;
	case WORD_DSCP:
		if (v == SITELINK_DSCP_INHERIT)
			print_word(word->name, "inherit");
		else
			print_number(word->name, v);
		break;
	case WORD_KEEPALIVE:
		print_keepalive(tb);
		break;
	case WORD_MTU:
		if (v)
			print_color_string(PRINT_FP, COLOR_NONE, NULL, "%s ",
					   "mtu auto");
		print_color_bool(PRINT_JSON, COLOR_NONE, "mtu-auto", NULL, v);
		break;
	case WORD_STATUS:
		print_word(word->name, v < 3 ? status[v] : "unknown");
		break;
	}
}

/* Print the nested attribute; what the kernel did not send is left out. */
void words_print(struct rtattr *nest)
{
	struct rtattr *tb[IFLA_SITELINK_MAX + 1];
	size_t i;

	if (!nest)
		return;
	parse_rtattr(tb, IFLA_SITELINK_MAX, RTA_DATA(nest), RTA_PAYLOAD(nest));
	for (i = 0; i < WORDS; i++)
		if (tb[table[i].attr])
			print_one(&table[i], tb);
}

void words_help(FILE *f)
{
	size_t i;

	for (i = 0; i < WORDS; i++)
		if (table[i].help)
			fprintf(f, "\t\t[ %s { %s } ]\n", table[i].name,
				table[i].help);
}
