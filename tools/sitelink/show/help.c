// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "doc.h"
#include "text.h"
#include "wrap.h"

#define WIDTH	80
/* names that are longer have their help on the next line */
#define NAME	26

/* "NAME -- help" in two columns */
static void put_row(FILE *out, const char *name, const char *help)
{
	struct wrap w;

	if (!help || !*help) {
		fprintf(out, "  %s\n", name);
		return;
	}
	if (strlen(name) < NAME)
		fprintf(out, "  %-*s ", NAME, name);
	else
		fprintf(out, "  %s\n%*s", name, NAME + 3, "");
	wrap_init(&w, out, WIDTH, NAME + 3, NAME + 3);
	wrap_text(&w, help);
	wrap_end(&w);
}

struct command_help {
	const char *name;
	const char *help;
	unsigned int unless;	/* flags of menus that do not have it */
	unsigned int only;	/* flag of those that have it; 0: all */
	const char *prop;	/* property without which it is senseless */
};

static const struct command_help commands[] = {
	{ "add", "make an item: PROPERTY=VALUE ...",
	  MENU_SINGLE | MENU_FIXED, 0, NULL },
	{ "set", "change items: NUMBERS PROPERTY=VALUE ...",
	  MENU_SINGLE, 0, NULL },
	{ "set", "change settings: PROPERTY=VALUE ...", 0, MENU_SINGLE, NULL },
	{ "unset", "set properties back to their defaults: NUMBERS PROPERTY",
	  MENU_SINGLE, 0, NULL },
	{ "remove", "remove items: NUMBERS", MENU_SINGLE | MENU_FIXED, 0,
	  NULL },
	{ "enable", "enable items: NUMBERS", MENU_SINGLE, 0, "disabled" },
	{ "disable", "disable items: NUMBERS", MENU_SINGLE, 0, "disabled" },
	{ "move", "change their order: NUMBERS DESTINATION", 0, MENU_ORDERED,
	  NULL },
	{ "comment", "set their comments: NUMBERS comment=TEXT", MENU_SINGLE, 0,
	  "comment" },
	{ "find", "their ids: where CONDITION", MENU_SINGLE, 0, NULL },
	{ "print",
	  "print them: brief, detail, terse, value-list, stats or count-only; show-sensitive; where CONDITION",
	  MENU_SINGLE, 0, NULL },
	{ "print", "print settings", 0, MENU_SINGLE, NULL },
	{ "export", "the script that makes it: verbose, show-sensitive, terse",
	  0, 0, NULL },
};

static bool has_command(const struct menu *m, const struct command_help *cmd)
{
	int prop = cmd->prop ? prop_index(m, cmd->prop) : -1;

	return !(m->flags & cmd->unless) &&
	       (!cmd->only || m->flags & cmd->only) &&
	       (!cmd->prop || (prop >= 0 && !(m->props[prop].flags &
					      PROP_READ_ONLY)));
}

static void put_commands(FILE *out, const struct menu *m)
{
	const struct menu_command *own;
	unsigned int i;

	fputs("\nCommands:\n", out);
	for (i = 0; i < sizeof(commands) / sizeof(*commands); i++)
		if (has_command(m, &commands[i]))
			put_row(out, commands[i].name, commands[i].help);
	for (own = m->commands; own && own->name; own++)
		put_row(out, own->name, own->help);
}

static void put_props(FILE *out, const struct menu *m, bool read_only)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < m->count; i++) {
		const struct prop *prop = &m->props[i];

		if (!!(prop->flags & PROP_READ_ONLY) != read_only)
			continue;
		if (!any)
			fputs(read_only ? "\nRead-only:\n" : "\nProperties:\n",
			      out);
		any = true;
		put_row(out, prop->name, prop->help);
	}
}

/* What is behind @path and a blank in @text; NULL: @text is not below it. */
static const char *below(const char *path, const char *text)
{
	size_t len = strlen(path);

	if (!len)
		return text;
	return !strncmp(text, path, len) && text[len] == ' ' ? text + len + 1 :
							       NULL;
}

static void put_menus(FILE *out, const char *path)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < menu_count; i++) {
		const char *name = below(path, menus[i]->path);

		if (!name)
			continue;
		if (!any)
			fputs("\nMenus:\n", out);
		any = true;
		put_row(out, name, menus[i]->help);
	}
}

static void put_prop(FILE *out, const struct prop *prop)
{
	char text[DOC_SIZE];

	put_row(out, prop->name, prop->help);
	doc_values(prop, text, sizeof(text));
	put_row(out, "values", text);
	doc_linux(prop, text, sizeof(text));
	if (*text)
		put_row(out, "Linux", text);
}

void help_menu(FILE *out, const char *path, const struct menu *m, int prop)
{
	if (m && prop >= 0) {
		put_prop(out, &m->props[prop]);
		return;
	}
	put_row(out, *path ? path : "/", m ? m->help : NULL);
	if (m) {
		put_commands(out, m);
		put_props(out, m, false);
		put_props(out, m, true);
	}
	put_menus(out, path);
}
