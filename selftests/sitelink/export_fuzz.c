// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configurations with any octets in their values: what is exported makes the same
 * again, and no line of it is too long.
 *
 * usage: export_fuzz SECONDS SEED
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "assign.h"
#include "eval.h"
#include "export.h"

/* Octets, most of them such as have a meaning. */
static const char *any_text(char *buf, size_t size)
{
	static const char special[] = "\"\\$?! \t\n\r\x1b\x7f[]{}();#=,_/:nA0";
	static const char *const pieces[] = {
		"\xc3\xa9", "\xe2\x80\xae", "\xc2\x9b", "\xed\xa0\x80", "\\\n",
		"\xf0\x9f\x90\xa7", " \\ ", "*****", "default", "\\_",
	};
	size_t want = rand() % (rand() % 4 ? 30 : size - 8), len = 0;

	while (len < want) {
		int kind = rand() % 8;

		if (kind < 4)
			buf[len++] = 'a' + rand() % 26;
		else if (kind < 6)
			buf[len++] = special[rand() % (sizeof(special) - 1)];
		else if (kind < 7)
			buf[len++] = 1 + rand() % 255;
		else
			len = stpcpy(buf + len, pieces[rand() % 10]) - buf;
	}
	buf[len] = '\0';
	return buf;
}

static const char *any_of(const char *const *values)
{
	unsigned int n = 0;

	while (values[n])
		n++;
	return values[rand() % n];
}

static void put(struct config *c, struct item *item, const char *name,
		const char *text, bool negated)
{
	static const struct arg all_but = { .not = true };
	static const struct arg plain = { .value.quoted = true };
	struct arg *arg = arena_alloc(c->arena, sizeof(*arg));

	*arg = negated ? all_but : plain;
	assign_value(c, item, name, text, arg);
}

static void any_eoip(struct config *c, unsigned int n)
{
	static const char *const ids[] = { "0", "7", "65535", NULL };
	static const char *const keepalives[] = {
		"0s,0", "10s,10", "1m,3", NULL
	};
	static const char *const mtus[] = { "auto", "1500", NULL };
	struct item *item = item_add(c, menu_by_path("interface eoip"), NULL);
	char text[600], name[16];

	snprintf(name, sizeof(name), "e$%u?#", n);
	put(c, item, "name", name, false);
	put(c, item, "tunnel-id", any_of(ids), false);
	put(c, item, "keepalive", any_of(keepalives), false);
	if (rand() % 2)
		put(c, item, "mtu", any_of(mtus), false);
	if (rand() % 2)
		put(c, item, "comment", any_text(text, sizeof(text)), false);
	if (rand() % 2)
		put(c, item, "ipsec-secret", any_text(text, sizeof(text)),
		    false);
	put(c, item, "disabled", rand() % 2 ? "yes" : "no", false);
}

static void any_nat(struct config *c)
{
	static const char *const ports[] = { "1", "1-5,7", "80,443", NULL };
	struct item *item = item_add(c, menu_by_path("ip firewall nat"), NULL);
	char text[600];

	put(c, item, "chain", rand() % 2 ? "srcnat" : "other", false);
	if (rand() % 2)
		put(c, item, "dst-port", any_of(ports), false);
	/* a "!" of its own could not be told from the one of all_but */
	text[0] = 'x';
	any_text(text + 1, sizeof(text) - 1);
	put(c, item, "src-address-list", text, false);
	put(c, item, "log-prefix", any_text(text, sizeof(text)), false);
}

static void make(struct config *c)
{
	struct item *dns = config_items(c, "ip dns")->first;
	struct item *ether = config_items(c, "interface")->first;
	unsigned int n;

	for (n = rand() % 4; n; n--)
		any_eoip(c, n);
	for (n = rand() % 4; n; n--)
		any_nat(c);
	if (rand() % 2)
		put(c, dns, "servers", "1.1.1.1,8.8.8.8", false);
	if (rand() % 2)
		put(c, ether, "mtu", "1436", false);
}

static bool same_value(const struct item *a, const struct item *b,
		       const char *name)
{
	const char *va = item_get(a, name), *vb = item_get(b, name);

	if (va == vb || (va && vb && !strcmp(va, vb)))
		return true;
	printf("%s was <%s> and is <%s>\n", name, va ? va : "", vb ? vb : "");
	return false;
}

static bool same_menu(const struct config *a, const struct config *b,
		      const struct menu *m)
{
	const struct item *ia = config_items(a, m->path)->first;
	const struct item *ib = config_items(b, m->path)->first;
	unsigned int i;

	for (; ia && ib; ia = ia->next, ib = ib->next)
		for (i = 0; i < m->count; i++)
			if (!same_value(ia, ib, m->props[i].name))
				return false;
	return ia == ib;
}

/* No line of 80 columns, nothing but characters that are shown. */
static bool is_tidy(const char *script)
{
	size_t columns = 0;

	for (; *script; script++) {
		columns = *script == '\n' ? 0 : columns + 1;
		if ((unsigned char)*script < ' ' && *script != '\n')
			return false;
		/* octets are no columns: those of é are two */
		columns -= (*script & 0xc0) == 0x80;
		if (columns > 79)
			return false;
	}
	return true;
}

static bool round_trip(struct arena *arena, struct diag *d)
{
	struct config before, after;
	unsigned int i, flags = EXPORT_SENSITIVE;
	char *script;
	size_t size;
	bool good;
	FILE *out = open_memstream(&script, &size);

	if (rand() % 2)
		flags |= EXPORT_VERBOSE;
	if (!(rand() % 4))
		flags |= EXPORT_TERSE;
	config_init(&before, arena, d);
	make(&before);
	export_menus(out, &before, menus, menu_count, flags);
	fclose(out);
	config_init(&after, arena, d);
	eval_script(&after, parse(arena, script, size, d));
	good = !d->errors && (flags & EXPORT_TERSE || is_tidy(script));
	for (i = 0; i < menu_count; i++)
		good = good && same_menu(&before, &after, menus[i]);
	if (!good)
		printf("not the same again:\n%s", script);
	free(script);
	return good;
}

int main(int argc, char **argv)
{
	struct diag d = { .file = "export", .out = stdout };
	time_t end;

	if (argc != 3)
		return 2;
	srand(strtoul(argv[2], NULL, 10));
	end = time(NULL) + atoi(argv[1]);
	do {
		struct arena a = { 0 };
		bool good = round_trip(&a, &d);

		arena_free(&a);
		if (!good)
			return 1;
	} while (time(NULL) < end);
	return 0;
}
