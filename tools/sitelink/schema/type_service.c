// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "type_service.h"

#define LABEL_MAX	63
#define DOMAIN_MAX	253

/* Labels of letters, digits, "-" and what is in @more, with dots between. */
static bool labels(const char *text, const char *more)
{
	size_t len;

	for (;; text += len + 1) {
		size_t i;

		len = strcspn(text, ".");
		if (!len || len > LABEL_MAX || text[0] == '-' ||
		    text[len - 1] == '-')
			return false;
		for (i = 0; i < len; i++)
			if (!isalnum((unsigned char)text[i]) &&
			    text[i] != '-' && !strchr(more, text[i]))
				return false;
		if (!text[len])
			return true;
	}
}

/* sethostname() takes 64 octets; no domain label is longer than 63. */
static const char *parse_host(struct arena *a, const struct rule *r,
			      const char *text)
{
	size_t len = strlen(text);

	(void)r;
	return len <= LABEL_MAX && labels(text, "") ?
		       arena_strndup(a, text, len) : NULL;
}

/* In lower case: case means nothing. */
static const char *parse_domain(struct arena *a, const struct rule *r,
				const char *text)
{
	size_t len = strlen(text), i;
	char *name;

	(void)r;
	if (len > DOMAIN_MAX || !labels(text, "_"))
		return NULL;
	name = arena_strndup(a, text, len);
	for (i = 0; i < len; i++)
		name[i] = tolower((unsigned char)name[i]);
	return name;
}

static const char *parse_any_ip(struct arena *a, const struct rule *r,
				const char *text)
{
	const struct type *t = strchr(text, ':') ? &type_ip6 : &type_ip;

	return t->parse(a, r, text);
}

static const char *parse_any_prefix(struct arena *a, const struct rule *r,
				    const char *text)
{
	const struct type *t = strchr(text, ':') ? &type_prefix6 : &type_prefix;

	return t->parse(a, r, text);
}

static const char *parse_interval(struct arena *a, const struct rule *r,
				  const char *text)
{
	static const struct rule limits = { .min = 3, .max = 1800 };
	const char *dash = strchr(text, '-'), *low, *high;
	char buf[80];

	(void)r;
	if (!dash)
		return NULL;
	low = type_time.parse(a, &limits, arena_strndup(a, text, dash - text));
	high = type_time.parse(a, &limits, dash + 1);
	if (!low || !high || time_seconds(low) > time_seconds(high))
		return NULL;
	return arena_strndup(a, buf, snprintf(buf, sizeof(buf), "%s-%s", low,
					      high));
}

static const char *parse_line(struct arena *a, const struct rule *r,
			      const char *text)
{
	const char *p;

	for (p = text; *p; p++)
		if (iscntrl((unsigned char)*p))
			return NULL;
	return type_text.parse(a, r, text);
}

bool name_is_plain(const char *ifname)
{
	for (; *ifname; ifname++)
		if (!isalnum((unsigned char)*ifname) &&
		    !strchr("._@+-", *ifname))
			return false;
	return true;
}

const struct type type_host = {
	"host name of up to 63 letters, digits, \"-\" and \".\"", "router1",
	parse_host, NULL
};

const struct type type_domain = {
	"domain name", "www.example.com", parse_domain, NULL
};

const struct type type_any_ip = {
	"IP or IPv6 address", "2001:db8::53", parse_any_ip, NULL
};

const struct type type_any_prefix = {
	"IP or IPv6 prefix", "10.0.0.0/24", parse_any_prefix, NULL
};

const struct type type_interval = {
	"time-time, of 3s to 30m", "3m20s-10m", parse_interval, NULL
};

const struct type type_line = {
	"text of one line", "\"some words\"", parse_line, NULL
};
