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
 * @count: so far
 */
struct shown {
	struct config *c;
	const struct menu *menu;
	size_t count;
};

static void show(void *data, long long when, const char *topics,
		 const char *text)
{
	struct shown *s = data;
	time_t seconds = when;
	struct item *item;
	char day[64];
	struct tm tm;

	if (!localtime_r(&seconds, &tm) ||
	    !strftime(day, sizeof(day), "%Y-%m-%d %H:%M:%S", &tm))
		return;
	s->count++;
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
	size_t kept;

	kept = json_object_get_int64(json_get(wanted, "lines", json_type_int));
	json_object_put(wanted);
	/* at once: another file may be there in its place a moment later */
	log_ring_read(path, show, &s);
	/* it has a few more than the memory */
	for (; kept && s.count > kept; s.count--)
		item_remove(c, config_items(c, s.menu->path)->first);
}
