/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sitelink monitor: what happens to tunnels, as sitelink-monitor tells, and what the
 * IKE daemon does, one line each.
 */
#ifndef SITELINK_MONITOR_H
#define SITELINK_MONITOR_H

#include <json-c/json.h>
#include <stdbool.h>

/* Until SIGINT, SIGTERM or the end of who reads; an exit status. */
int monitor_run(bool json);

struct monitor_ike;

/* Lines of the daemon's events, of words or JSON; NULL: no memory. */
struct monitor_ike *monitor_ike_new(bool json);
void monitor_ike_free(struct monitor_ike *m);

/* Events that there are lines of; ends with NULL. */
extern const char *const monitor_ike_events[];

/* The line of an event, if it has one. */
void monitor_ike_event(struct monitor_ike *m, const char *name,
		       json_object *message);

#endif /* SITELINK_MONITOR_H */
