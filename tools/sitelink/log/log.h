/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The log of IPsec: what the IKE daemon says, in RouterOS' topics and, of what went
 * well or wrong, in its words; kept for /log print as /system logging asks.
 */
#ifndef SITELINK_IPSEC_LOG_H
#define SITELINK_IPSEC_LOG_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "config.h"
#include "machine.h"

/*
 * What /system logging asks for:
 *
 *	{ "level": 1,			that the daemon must log at
 *	  "lines": 1000, "full": "stop"	of the memory; stop: it keeps the oldest
 *	  "rules": [ { "topics": "ipsec,!packet", "memory": true,
 *		       "prefix": "", "regex": "" } ],
 *	  "peers": { "ADDRESS": { "name": "NAME", "profile": "NAME",
 *		     "proposal": "NAME", "policies": "LOCAL === REMOTE, ..." } } }
 *
 * The caller's.
 */
struct json_object *ipsec_log_wanted(const struct config *c);

struct ipsec_log;

/*
 * Keep a log in the file @path, which goes on where it was. @settings as above, the
 * caller's; NULL: errors and good news only. NULL: the file cannot be had, errno
 * says why.
 */
struct ipsec_log *ipsec_log_open(const char *path, json_object *settings);
void ipsec_log_settings(struct ipsec_log *l, json_object *settings);
void ipsec_log_close(struct ipsec_log *l);

/*
 * A line of the daemon, with or without its end. It has the form that filelog {}
 * makes with ike_name = yes and log_level = yes: "12[IKE1] <site-b|3> TEXT".
 */
void ipsec_log_line(struct ipsec_log *l, const char *line, size_t len);

/* Items of the menu log: what has been kept. */
void log_others(struct machine *m, struct config *c);

#endif /* SITELINK_IPSEC_LOG_H */
