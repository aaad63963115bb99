// SPDX-License-Identifier: GPL-2.0-only
/*
 * The menu log: what has been kept.
 */
#include <stdlib.h>
#include <time.h>

#include "ike.h"
#include "json.h"
#include "log_parts.h"

/**
 * struct shown - the lines that are shown
 * @c: where they become items
 * @menu: of them
 * @skip: that are no longer of the memory
 */
struct shown {
	struct config *c;
	const struct menu *menu;
	size_t skip;
};

static void count(void *data, long long when, const char *topics,
		  const char *text)
{
	size_t *n = data;

	(void)when;
	(void)topics;
	(void)text;
	++*n;
}

static void show(void *data, long long when, const char *topics,
		 const char *text)
{
	struct shown *s = data;
	time_t seconds = when;
	struct item *item;
	char day[64];
	struct tm tm;

	if (s->skip) {
		s->skip--;
		return;
	}
	if (!localtime_r(&seconds, &tm) ||
	    !strftime(day, sizeof(day), "%Y-%m-%d %H:%M:%S", &tm))
		return;
	item = item_add(s->c, s->menu, NULL);
	item->dynamic = true;
	item_put(s->c, item, "time", day);
	item_put(s->c, item, "topics", topics);
	item_put(s->c, item, "message", text);
}

void log_others(struct machine *m, struct config *c)
{
	const char *path = machine_file(m, c->arena, IKE_LOG);
	struct shown s = { .c = c, .menu = menu_by_path("log") };
	json_object *wanted = ipsec_log_wanted(c);
	size_t kept, all = 0;

	kept = json_object_get_int64(json_get(wanted, "lines", json_type_int));
	json_object_put(wanted);
	log_ring_read(path, count, &all);
	/* the file has a few more */
	if (kept && all > kept)
		s.skip = all - kept;
	log_ring_read(path, show, &s);
}
