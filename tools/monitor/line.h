/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SITELINK_LINE_H
#define SITELINK_LINE_H

#include <stdbool.h>
#include <json-c/json.h>
#include <libmnl/libmnl.h>

/* One event: words for people, or an object. */
extern bool line_json;

struct json_object *line_begin(const char *event);
/* Add a member and, where people read and there is one, a word. */
void line_put(struct json_object *line, const char *name,
	      struct json_object *value, const char *word);
void line_string(struct json_object *line, const char *name,
		 const struct nlattr *attr);
void line_device(struct json_object *line, const struct nlattr *ifname,
		 const struct nlattr *ifindex);
void line_end(struct json_object *line);

/* espdev.c: the family sitelink-espdev */
int espdev_event(const struct nlmsghdr *nlh, void *data);

#endif /* SITELINK_LINE_H */
