// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "type.h"

static const char *copy(struct arena *a, const char *text)
{
	return arena_strndup(a, text, strlen(text));
}

static const char *number_text(struct arena *a, long long n)
{
	char buf[24];

	return arena_strndup(a, buf, snprintf(buf, sizeof(buf), "%lld", n));
}

static bool in_range(const struct rule *r, long long n)
{
	return n >= r->min && (!r->max || n <= r->max);
}

const char *word_match(const char *const *words, const char *text)
{
	const char *found = NULL;
	size_t len = strlen(text);

	for (; words && *words; words++) {
		if (!strcmp(*words, text))
			return *words;
		if (len && !strncmp(*words, text, len)) {
			if (found)
				return NULL;
			found = *words;
		}
	}
	return found;
}

static const char *parse_bool(struct arena *a, const struct rule *r,
			      const char *text)
{
	static const char *const yes_no[] = { "yes", "no", NULL };

	(void)a;
	(void)r;
	/* scripts of old write these */
	if (!strcmp(text, "true"))
		return "yes";
	if (!strcmp(text, "false"))
		return "no";
	return word_match(yes_no, text);
}

static const char *parse_word(struct arena *a, const struct rule *r,
			      const char *text)
{
	(void)a;
	(void)r;
	(void)text;
	return NULL; /* rule_parse() has looked for it */
}

/* All digits, or 0x and hexadecimal ones. */
static bool read_number(const char *text, long long *n)
{
	bool hex = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
	const char *p = text + (hex ? 2 : 0);
	char *end;

	if (!(hex ? isxdigit((unsigned char)*p) : isdigit((unsigned char)*p)))
		return false;
	errno = 0;
	*n = strtoll(p, &end, hex ? 16 : 10);
	return !errno && !*end;
}

static const char *parse_number(struct arena *a, const struct rule *r,
				const char *text)
{
	long long n;

	return read_number(text, &n) && in_range(r, n) ? number_text(a, n) :
							 NULL;
}

static int compare_number(const char *a, const char *b)
{
	long long x = strtoll(a, NULL, 10), y = strtoll(b, NULL, 10);

	return (x > y) - (x < y);
}

static const char *parse_text(struct arena *a, const struct rule *r,
			      const char *text)
{
	return in_range(r, strlen(text)) ? copy(a, text) : NULL;
}

static const char *parse_name(struct arena *a, const struct rule *r,
			      const char *text)
{
	return *text ? parse_text(a, r, text) : NULL;
}

static const struct {
	char letter;
	unsigned int seconds;
} units[] = {
	{ 'w', 7 * 86400 }, { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 },
	{ 's', 1 },
};

#define UNITS	ARRAY_SIZE(units)
#define TIME_MAX	(1000LL * 366 * 86400)

/* Digits at *@p, of which there are some. */
static bool digits(const char **p, long long *n)
{
	char *end;

	if (!isdigit((unsigned char)**p))
		return false;
	errno = 0;
	*n = strtoll(*p, &end, 10);
	*p = end;
	return !errno && *n <= TIME_MAX;
}

/* [HH:]MM:SS is a time of which HH is what is left at the end of 1d00:01:30. */
static bool clock_time(const char *p, long long *sum)
{
	long long part[3] = { 0 }, n;
	int count = 0;

	do {
		if (count == 3 || !digits(&p, &n) || (count && n > 59))
			return false;
		part[count++] = n;
	} while (*p++ == ':');
	if (p[-1] || count < 2)
		return false;
	for (n = 0; n < count; n++)
		*sum += part[n] * units[UNITS - count + n].seconds;
	return true;
}

static bool read_time(const char *p, long long *sum)
{
	unsigned int u = 0;

	*sum = 0;
	while (*p) {
		const char *begin = p;
		long long n;

		if (!digits(&p, &n))
			return false;
		if (*p == ':')
			return clock_time(begin, sum) && *sum <= TIME_MAX;
		if (!*p) { /* seconds */
			*sum += n;
			return (u == 0 || u < UNITS) && *sum <= TIME_MAX;
		}
		while (u < UNITS && units[u].letter != *p)
			u++;
		if (u == UNITS)
			return false;
		*sum += n * units[u++].seconds;
		if (*sum > TIME_MAX)
			return false;
		p++;
	}
	return true;
}

const char *time_text(struct arena *a, long long seconds)
{
	char buf[64];
	size_t used = 0;
	unsigned int u;

	/* buf has place for any */
	if (seconds < 0 || seconds > TIME_MAX)
		seconds = seconds < 0 ? 0 : TIME_MAX;
	for (u = 0; u < UNITS; u++) {
		long long n = seconds / units[u].seconds;

		seconds %= units[u].seconds;
		if (n)
			used += snprintf(buf + used, sizeof(buf) - used,
					 "%lld%c", n, units[u].letter);
	}
	return used ? arena_strndup(a, buf, used) : "0s";
}

static const char *parse_time(struct arena *a, const struct rule *r,
			      const char *text)
{
	long long n;

	return *text && read_time(text, &n) && in_range(r, n) ?
		       time_text(a, n) : NULL;
}

unsigned long long time_seconds(const char *text)
{
	long long n;

	return read_time(text, &n) ? n : 0;
}

static int compare_time(const char *a, const char *b)
{
	unsigned long long x = time_seconds(a), y = time_seconds(b);

	return (x > y) - (x < y);
}

/* "10s,10"; "0,0" and "0s,0" are off. Retries alone are not told. */
static const char *parse_keepalive(struct arena *a, const struct rule *r,
				   const char *text)
{
	const char *comma = strchr(text, ',');
	char buf[80];
	long long interval, retries;
	const char *time;

	if (!comma || comma == text ||
	    !read_time(arena_strndup(a, text, comma - text), &interval) ||
	    !read_number(comma + 1, &retries) || !in_range(r, interval) ||
	    retries > 4294967295LL)
		return NULL;
	time = time_text(a, interval);
	return arena_strndup(a, buf, snprintf(buf, sizeof(buf), "%s,%lld",
					      time, retries));
}

const struct type type_bool = { "yes | no", "yes", parse_bool, NULL };
const struct type type_word = { "word", NULL, parse_word, NULL };
const struct type type_number = { "number", NULL, parse_number, compare_number };
const struct type type_text = { "text", "\"some words\"", parse_text, NULL };
const struct type type_name = { "name", "name1", parse_name, NULL };
const struct type type_time = { "time", "1m30s", parse_time, compare_time };
const struct type type_keepalive = {
	"TIME,RETRIES", "10s,10", parse_keepalive, NULL
};

/* What describes the words and the type: "auto | number 68..65535". */
void rule_describe(const struct rule *r, char *buf, size_t size)
{
	const char *const *w;
	size_t used = 0;

#define ADD(...) \
	(used += snprintf(used < size ? buf + used : NULL, \
			  used < size ? size - used : 0, __VA_ARGS__))
	if (!size)
		return;
	buf[0] = '\0';
	for (w = r->words; w && *w; w++)
		ADD("%s%s", used ? " | " : "", *w);
	if (r->type != &type_word) {
		ADD("%s%s", used ? " | " : "", r->type->name);
		if (r->type == &type_number && r->max)
			ADD(" %lld..%lld", r->min, r->max);
		else if (r->type == &type_time && r->max)
			ADD(" %llds..%llds", r->min, r->max);
		else if (r->max && (r->type == &type_text ||
				    r->type == &type_name))
			ADD(" of up to %lld octets", r->max);
	}
	if (r->list && used < size)
		snprintf(buf + used, size - used, " (list)");
#undef ADD
}

static const char *parse_one(struct arena *a, const struct rule *r,
			     const char *text)
{
	const char *word = word_match(r->words, text);
	const char *value;

	/* a number or name is not short for a word unless it is nothing else */
	if (word && !strcmp(word, text))
		return word;
	value = r->type->parse(a, r, text);
	return value ? value : word;
}

static const char *parse_list(struct arena *a, const struct rule *r,
			      const char *text)
{
	/* canonical forms may be longer: each is parsed first, then put together */
	const char *all = "";

	if (!*text)
		return all;
	for (;;) {
		size_t len = strcspn(text, ",");
		const char *one = arena_strndup(a, text, len);
		bool not = *one == '!' && r->type == &type_word;
		size_t before = strlen(all);
		char *next;

		one = parse_one(a, r, one + not);
		if (!one)
			return NULL;
		next = arena_alloc(a, before + strlen(one) + 3);
		sprintf(next, "%s%s%s%s", all, before ? "," : "",
			not ? "!" : "", one);
		all = next;
		if (!text[len])
			return all;
		text += len + 1;
	}
}

const char *rule_parse(struct arena *a, const struct rule *r, const char *text,
		       char *why, size_t size)
{
	const char *value = r->list ? parse_list(a, r, text) :
				      parse_one(a, r, text);
	char allowed[400];

	if (value)
		return value;
	rule_describe(r, allowed, sizeof(allowed));
	if (r->type->example && r->type != &type_bool)
		snprintf(why, size, "expected %s, as %s", allowed,
			 r->type->example);
	else
		snprintf(why, size, "expected %s", allowed);
	return NULL;
}

const char *rule_any(struct arena *a, const struct rule *r, const char *text)
{
	struct rule any = *r;
	char why[500];

	any.min = 0;
	any.max = 0;
	return rule_parse(a, &any, text, why, sizeof(why));
}

bool rule_order(const struct rule *r, const char *a, const char *b, int *order)
{
	if (r->list || r->type == &type_word || word_match(r->words, a) ||
	    word_match(r->words, b))
		return false;
	*order = r->type->compare ? r->type->compare(a, b) : strcmp(a, b);
	return true;
}

bool list_next(const char **at, char *buf, size_t size)
{
	size_t len = strcspn(*at, ",");

	if (len >= size)
		return false;
	memcpy(buf, *at, len);
	buf[len] = '\0';
	*at = (*at)[len] ? *at + len + 1 : NULL;
	return true;
}

bool list_has(const char *list, const char *word)
{
	size_t len = strlen(word);

	while (list && *list) {
		size_t here = strcspn(list, ",");

		if (here == len && !memcmp(list, word, len))
			return true;
		list += here + !!list[here];
	}
	return false;
}
