// SPDX-License-Identifier: GPL-2.0-only
/*
 * A line of output.
 */
#include <stdio.h>

#include "json.h"
#include "line.h"
#include "text.h"

bool line_json;

struct json_object *line_begin(const char *event)
{
	struct json_object *line = json_object_new_object();

	if (!line_json)
		printf("%s", event);
	line_put(line, "event", json_object_new_string(event), NULL);
	return line;
}

void line_put(struct json_object *line, const char *name,
	      struct json_object *value, const char *word)
{
	json_object_object_add(line, name, value);
	if (!line_json && word)
		text_print(stdout, " %s", word);
}

void line_string(struct json_object *line, const char *name,
		 const struct nlattr *attr)
{
	const char *text = mnl_attr_get_str(attr);

	line_put(line, name, json_new_octets(text), text);
}

void line_device(struct json_object *line, const struct nlattr *ifname,
		 const struct nlattr *ifindex)
{
	unsigned int index = mnl_attr_get_u32(ifindex);
	char word[16];

	snprintf(word, sizeof(word), "%u", index);
	line_string(line, "ifname", ifname);
	line_put(line, "ifindex", json_object_new_int(index), word);
}

void line_end(struct json_object *line)
{
	if (line_json)
		json_print(stdout, line, JSON_C_TO_STRING_PLAIN);
	else
		putchar('\n');
	json_object_put(line);
}
