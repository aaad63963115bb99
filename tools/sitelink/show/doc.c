// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "diag.h"
#include "doc.h"

/* Append; what does not fit is cut. */
static void add(char *buf, size_t size, const char *format, ...)
	CHECKED((format(printf, 3, 4)));
static void add(char *buf, size_t size, const char *format, ...)
{
	size_t used = strlen(buf);
	va_list args;

	va_start(args, format);
	vsnprintf(buf + used, size - used, format, args);
	va_end(args);
}

static void add_refused(char *buf, size_t size, const struct prop *prop)
{
	const char *sep = *buf ? "; " : "";

	if (!prop->refuse)
		add(buf, size, "%snot supported: %s", sep, prop->why);
	else if (*prop->refuse == '!')
		add(buf, size, "%sonly %s is supported: %s", sep,
		    prop->refuse + 1, prop->why);
	else
		add(buf, size, "%s%s is not supported: %s", sep, prop->refuse,
		    prop->why);
}

void doc_linux(const struct prop *prop, char *buf, size_t size)
{
	snprintf(buf, size, "%s", prop->maps ? prop->maps : "");
	if (prop->why)
		add_refused(buf, size, prop);
	if (prop->note)
		add(buf, size, "%s%s", *buf ? "; " : "", prop->note);
}

void doc_values(const struct prop *prop, char *buf, size_t size)
{
	rule_describe(&prop->rule, buf, size);
	if (prop->menu)
		add(buf, size, " of /%s", prop->menu);
	if (prop->flags & PROP_NOT)
		add(buf, size, "; !value: all but that");
	if (prop->flags & PROP_READ_ONLY)
		add(buf, size, "; read-only");
	else if (prop->flags & PROP_REQUIRED)
		add(buf, size, "; required");
	else if (prop->def)
		add(buf, size, "; default: %s", *prop->def ? prop->def : "\"\"");
	if (prop->flags & PROP_FLAG)
		add(buf, size, "; flag %c", prop->letter);
}

/* Is @at, in @text, the beginning of markup? */
static bool is_markup(const char *text, const char *at)
{
	if (strchr("\\*`|_", *at))
		return true;
	if (*at == ':')
		return at == text || at[1] == ':';
	/* marks of lists, fields and the like begin a paragraph */
	return at == text && ispunct((unsigned char)*at);
}

/* Nothing of it is markup; returns how long it was in characters. */
static size_t put_plain(FILE *out, const char *text)
{
	const char *at;
	size_t count = 0;

	for (at = text; *at; at++) {
		if (is_markup(text, at)) {
			putc('\\', out);
			count++;
		}
		putc(*at, out);
		count++;
	}
	return count;
}

static void put_title(FILE *out, const char *text, char line)
{
	size_t count;

	putc('\n', out);
	count = put_plain(out, text);
	putc('\n', out);
	while (count--)
		putc(line, out);
	fputs("\n\n", out);
}

static void put_cell(FILE *out, const char *start, const char *text)
{
	fprintf(out, "%s%s", start, *text ? " " : "");
	put_plain(out, text);
	putc('\n', out);
}

static void put_prop(FILE *out, const struct prop *prop)
{
	char text[DOC_SIZE];

	fprintf(out, "   * - ``%s``\n", prop->name);
	doc_values(prop, text, sizeof(text));
	put_cell(out, "     -", text);
	put_cell(out, "     -", prop->help ? prop->help : "");
	doc_linux(prop, text, sizeof(text));
	put_cell(out, "     -", text);
}

static void put_menu(FILE *out, const struct menu *m)
{
	unsigned int i;

	put_title(out, m->title ? m->title : m->path, '=');
	fprintf(out, "``/%s``\n", m->path);
	if (m->help) {
		putc('\n', out);
		put_plain(out, m->help);
		putc('\n', out);
	}
	fputs("\n.. list-table::\n   :header-rows: 1\n   :widths: 20 30 25 25\n\n"
	      "   * - property\n     - values\n     - what it is\n     - Linux\n",
	      out);
	for (i = 0; i < m->count; i++)
		put_prop(out, &m->props[i]);
}

void doc_tables(FILE *out)
{
	unsigned int i;

	/* the tag is that of the page, not of this file */
	fprintf(out, ".. %s: GPL-2.0-only\n", "SPDX-License-Identifier");
	fputs(".. Made by \"sitelink properties\"; do not edit.\n\n"
	      "==========\nProperties\n==========\n\n"
	      "All menus that ``sitelink`` knows, in the order of ``export``.\n",
	      out);
	for (i = 0; i < menu_count; i++)
		put_menu(out, menus[i]);
}
