// SPDX-License-Identifier: GPL-2.0-only
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "text.h"

json_object *json_new_octets(const char *text)
{
	char *copy = malloc(3 * strlen(text) + 1), *p = copy;
	json_object *object;
	unsigned int c;

	if (!copy)
		return NULL;
	while (*text) {
		size_t len = text_decode(text, &c);

		if (len) {
			memcpy(p, text, len);
			p += len;
			text += len;
		} else {
			p += sprintf(p, "\\%02X", (unsigned char)*text++);
		}
	}
	object = json_object_new_string_len(copy, p - copy);
	free(copy);
	return object;
}

void json_print(FILE *out, json_object *o, int how)
{
	const char *text = json_object_to_json_string_ext(o, how |
						JSON_C_TO_STRING_NOSLASHESCAPE);

	while (*text) {
		unsigned int c;
		size_t len = text_decode(text, &c);

		if (len && *text != '\n' && text_is_control(c))
			fprintf(out, "\\u%04x", c);
		else
			fwrite(text, 1, len ? len : 1, out);
		text += len ? len : 1;
	}
	putc('\n', out);
}
