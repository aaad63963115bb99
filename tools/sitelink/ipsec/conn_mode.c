// SPDX-License-Identifier: GPL-2.0-only
/* mode-config: addresses and networks that one end gives the other. */
#include <string.h>

#include "conn.h"

const struct item *conn_mode_config_of(const struct conn *conn)
{
	const char *name = item_get(conn->identity, "mode-config");

	return !name || !*name || !strcmp(name, "none") ? NULL :
	       item_by_name(conn->config, "ip ipsec mode-config", name);
}

bool conn_is_asking(const struct conn *conn)
{
	const struct item *item = conn_mode_config_of(conn);

	return item && !item_is(item, "responder");
}

/* What the pool gives: one address, or the ranges of an /ip pool. */
static const char *addresses_of(struct conn *conn, const struct item *item)
{
	const char *one = item_get(item, "address");
	const char *name = item_get(item, "address-pool");
	const struct item *pool;

	if (one && *one && strcmp(one, "none"))
		return one;
	if (!name || !*name || !strcmp(name, "none"))
		return NULL;
	pool = item_by_name(conn->config, "ip pool", name);
	return pool ? item_get(pool, "ranges") : NULL;
}

static json_object *list_of(const char *text)
{
	json_object *list = json_object_new_array();
	char word[64];

	while (text && *text && list_next(&text, word, sizeof(word)))
		json_add_text(list, word);
	return list;
}

/* VICI's load-pool takes one range for a pool. */
static void put_pool(struct conn *conn, const char *name, const char *range,
		     const struct item *item)
{
	const char *subnets = item_get(item, "split-include");
	const char *dns = item_get(item, "static-dns");
	json_object *pool = json_object_new_object();
	json_object *message = json_object_new_object();

	conn_put(pool, "addrs", "%s", range);
	if (subnets && *subnets)
		json_object_object_add(pool, "subnet", list_of(subnets));
	if (dns && *dns)
		json_object_object_add(pool, "dns", list_of(dns));
	json_object_object_add(message, name, pool);
	conn_put_part(conn, "pool", name, message);
}

static void put_pools(struct conn *conn, const struct item *item)
{
	json_object *names = json_object_new_array();
	const char *ranges = addresses_of(conn, item);
	unsigned int n = 0;
	char range[128];

	while (ranges && *ranges && list_next(&ranges, range, sizeof(range))) {
		const char *name = buffer_format(conn->ap->arena, "%s-%u",
						 item_get(item, "name"), ++n);

		put_pool(conn, name, range, item);
		json_add_text(names, name);
	}
	json_object_object_add(conn->message, "pools", names);
}

void conn_mode_config(struct conn *conn)
{
	const struct item *item = conn_mode_config_of(conn);

	if (!item)
		return;
	if (item_is(item, "responder"))
		put_pools(conn, item);
	else
		conn_put_list(conn->message, "vips", "0.0.0.0");
}
