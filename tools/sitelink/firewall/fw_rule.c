// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "fw_rule.h"
#include "mark.h"
#include "table.h"

/* nft's own limit is 127, the hash and a blank are 17 of them */
#define COMMENT_MAX	100

/* RouterOS' chains that packets come to by themselves */
static const struct {
	const char *menu, *chain, *spec;
} bases[] = {
	{ "raw", "prerouting", "filter prerouting -300" },
	{ "raw", "output", "filter output -300" },
	{ "mangle", "prerouting", "filter prerouting -150" },
	{ "mangle", "input", "filter input -150" },
	{ "mangle", "forward", "filter forward -150" },
	{ "mangle", "output", "route output -150" },
	{ "mangle", "postrouting", "filter postrouting -150" },
	{ "nat", "dstnat", "nat prerouting -100" },
	{ "nat", "output", "nat output -100" },
	{ "nat", "input", "nat input 100" },
	{ "nat", "srcnat", "nat postrouting 100" },
	{ "filter", "input", "filter input 0" },
	{ "filter", "forward", "filter forward 0" },
	{ "filter", "output", "filter output 0" },
};

const char *fw_base_spec(const char *menu, const char *chain)
{
	unsigned int i;

	for (i = 0; i < sizeof(bases) / sizeof(*bases); i++)
		if (!strcmp(bases[i].menu, menu) &&
		    !strcmp(bases[i].chain, chain))
			return bases[i].spec;
	return "";
}

const char *fw_value(const struct fw_build *b, const char *prop)
{
	return prop_index(b->item->menu, prop) < 0 ? NULL :
						      item_get(b->item, prop);
}

void fw_wrong(struct fw_build *b, const char *prop, const char *format, ...)
{
	const char *value = fw_value(b, prop);
	char why[300];
	va_list args;

	if (b->bad)
		return;
	b->bad = true;
	va_start(args, format);
	vsnprintf(why, sizeof(why), format, args);
	va_end(args);
	item_error(b->config, b->item, prop, "%s%s%s: %s", prop,
		   value ? "=" : "", value ? value : "", why);
}

bool fw_has_ports(int proto)
{
	return proto == 6 || proto == 17 || proto == 33 || proto == 132 ||
	       proto == 136;
}

uint32_t fw_mark(struct fw_build *b, const char *prop, const char *name)
{
	const char *kind = prop + (strncmp(prop, "new-", 4) ? 0 : 4);
	struct fw_mark *m;
	uint32_t value;

	if (!strcmp(name, "no-mark"))
		return 0;
	if (!strcmp(kind, "connection-mark"))
		value = mark_of_connection(name);
	else if (!strcmp(kind, "packet-mark"))
		value = mark_of_packet(name);
	else
		value = mark_of_table(table_number(name));
	for (m = b->table->marks; m; m = m->next) {
		if (strcmp(m->kind, kind) || m->value != value)
			continue;
		if (strcmp(m->name, name))
			fw_wrong(b, prop,
				 "%s and %s have the same number in Linux: give one of them another name",
				 name, m->name);
		return value;
	}
	m = arena_alloc(b->table->arena, sizeof(*m));
	*m = (struct fw_mark){ b->table->marks, kind, name, value };
	b->table->marks = m;
	return value;
}

void fw_rule_comment(struct arena *a, struct fw_rule *r, const char *comment)
{
	snprintf(r->hash, sizeof(r->hash), "%016llx",
		 (unsigned long long)hash_text(hash_text(0, r->match),
					       r->stmt));
	comment = fw_quotable(a, comment ? comment : "", COMMENT_MAX);
	r->comment = buffer_format(a, "%s%s%s", r->hash, *comment ? " " : "",
				   comment);
}

static void add_rule(struct fw_build *b, struct fw_chain *chain,
		     unsigned int which)
{
	struct arena *a = b->table->arena;
	struct fw_rule *r = fw_rule_add(b->table, chain);
	struct buffer match;
	unsigned int i;

	buffer_init(&match, a);
	buffer_add(&match, "%s", b->match.p);
	for (i = 0; i < b->eithers; i++)
		buffer_add(&match, "%s", b->either[i][which >> i & 1]);
	r->item = b->item;
	r->match = match.p;
	r->stmt = b->stmt.p;
	fw_rule_comment(a, r, item_get(b->item, "comment"));
}

/* Is @word one of @words, with blanks between? */
static bool among(const char *words, const char *word)
{
	size_t len = strlen(word);

	for (; *words; words += strspn(words, " ")) {
		size_t here = strcspn(words, " ");

		if (here == len && !memcmp(words, word, len))
			return true;
		words += here;
	}
	return false;
}

/* The kernel says no, too, but not to what. */
static void check_hooks(struct fw_build *b, const char *menu)
{
	unsigned int i;

	for (i = 0; b->hooks && i < sizeof(bases) / sizeof(*bases); i++) {
		const char *from = bases[i].chain;

		if (strcmp(bases[i].menu, menu) || among(b->hooks, from) ||
		    !fw_chain_reaches(b, from, b->chain))
			continue;
		fw_wrong(b, "action",
			 "not for packets of chain %s%s, only of %s", from,
			 strcmp(from, b->chain) ? ", which jumps here" : "",
			 b->hooks);
	}
}

void fw_rules(struct fw_table *t, const struct config *c,
	      const struct item *item)
{
	struct fw_build b = { .table = t, .config = c, .item = item,
			      .proto = -1 };
	const char *menu = strrchr(item->menu->path, ' ') + 1, *spec;
	struct fw_chain *chain;
	unsigned int which;

	b.chain = item_get(item, "chain");
	if (!b.chain)
		return; /* the rows have said that it must be there */
	spec = fw_base_spec(menu, b.chain);
	buffer_init(&b.match, t->arena);
	buffer_init(&b.stmt, t->arena);
	chain = fw_chain(t, fw_name(t->arena, menu, b.chain), spec);
	fw_match(&b);
	fw_action(&b);
	check_hooks(&b, menu);
	for (which = 0; which < 1U << b.eithers; which++)
		add_rule(&b, chain, which);
}

void fw_check(struct config *c, const struct item *item)
{
	struct arena scratch = { NULL };

	fw_rules(fw_table_new(&scratch), c, item);
	arena_free(&scratch);
	fw_check_interface(c, item, "in-interface");
	fw_check_interface(c, item, "out-interface");
}
