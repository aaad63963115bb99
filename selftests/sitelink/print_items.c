// SPDX-License-Identifier: GPL-2.0-only
/*
 * Print, export, help and documentation of the menus in menus.c. The configuration
 * is a script on the standard input.
 *
 * usage: print_items export [verbose] [sensitive] [terse] [live]
 *	print_items print MENU [MODE] [json] [sensitive] [color] [WIDTH]
 *	print_items properties | print_items help [MENU [PROPERTY]]
 */
#include <stdlib.h>
#include <string.h>

#include "doc.h"
#include "eval.h"
#include "export.h"
#include "print.h"
#include "select.h"

#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

/* What a machine would say. */
static void eoip_live(struct config *c, struct item *item)
{
	item_put(c, item, "running", item_is(item, "disabled") ? "no" : "yes");
	item_put(c, item, "actual-mtu", "1458");
	item_put(c, item, "l2mtu", "65535");
	item_put(c, item, "rx-byte", "1234567");
	item_put(c, item, "tx-byte", "89");
	if (!item_has(item, "mac-address"))
		item_put(c, item, "mac-address", "FE:A5:6C:3F:26:C5");
}

static void port_live(struct config *c, struct item *item)
{
	if (!strncmp(item_get(item, "interface"), "ether", 5))
		item_put(c, item, "hw-offload", "yes");
	if (!strcmp(item_get(item, "interface"), "wlan1"))
		item_put(c, item, "inactive", "yes");
}

static void live(struct config *c)
{
	struct item *item;

	for (item = config_items(c, "interface eoip")->first; item;
	     item = item->next)
		eoip_live(c, item);
	for (item = config_items(c, "interface bridge port")->first; item;
	     item = item->next)
		port_live(c, item);
	for (item = config_items(c, "ip firewall nat")->first; item;
	     item = item->next)
		item->dynamic = !item->next;
}

static char text[1 << 20];

static bool has_word(char **words, const char *word)
{
	for (; *words; words++)
		if (!strcmp(*words, word))
			return true;
	return false;
}

static int do_export(struct config *c, char **words)
{
	if (has_word(words, "live"))
		live(c);
	return export_menus(stdout, c, menus, menu_count,
			    has_word(words, "verbose") * EXPORT_VERBOSE |
			    has_word(words, "sensitive") * EXPORT_SENSITIVE |
			    has_word(words, "terse") * EXPORT_TERSE);
}

static int do_print(struct config *c, const char *path, char **words)
{
	static const char *const modes[] = {
		"default", "brief", "detail", "terse", "value-list", "stats",
		"count-only",
	};
	const struct menu *m = menu_by_path(path);
	struct print_style style;
	struct selection sel;
	unsigned int i;

	live(c);
	print_style_terminal(&style, stdout);
	style.color = has_word(words, "color");
	style.json = has_word(words, "json");
	style.show_sensitive = has_word(words, "sensitive");
	for (i = 0; i < COUNT(modes); i++)
		if (has_word(words, modes[i]))
			style.mode = i;
	for (; *words; words++)
		if (atoi(*words)) {
			style.width = atoi(*words);
			style.whole_rows = false;
		}
	select_where(c, m, NULL, &sel);
	return print_items(stdout, c, m, sel.items, sel.count, &style);
}

static void do_help(const char *path, const char *prop)
{
	const struct menu *m = path ? menu_by_path(path) : NULL;

	help_menu(stdout, path ? path : "", m, prop ? prop_index(m, prop) : -1);
}

int main(int argc, char **argv)
{
	struct diag d = { .file = "script", .out = stderr };
	struct arena a = { 0 };
	struct config c;
	int result = 0;

	if (argc < 2)
		return 2;
	config_init(&c, &a, &d);
	eval_script(&c, parse(&a, text, fread(text, 1, sizeof(text), stdin),
			      &d));
	if (!strcmp(argv[1], "properties"))
		doc_tables(stdout);
	else if (!strcmp(argv[1], "help"))
		do_help(argv[2], argv[2] ? argv[3] : NULL);
	else if (!strcmp(argv[1], "export"))
		result = do_export(&c, argv + 2);
	else if (argc > 2)
		result = do_print(&c, argv[2], argv + 3);
	arena_free(&a);
	return result || d.errors;
}
