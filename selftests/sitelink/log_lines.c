// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the log makes of the IKE daemon's lines, for its test.
 *
 *	log_lines		of the lines on stdin: TOPICS TEXT
 *	log_lines -k FILE [SETTINGS]	keep them in FILE, as JSON asks for
 *	log_lines -f SECONDS SEED	lines of stdin cut, mixed and filled with
 *					octets, as long as that; no word is no finding
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "log_parts.h"

static void print(void *data, enum log_topic topic, const char *text)
{
	(void)data;
	printf("%s %s\n", log_topics(topic), text);
}

static int tell(FILE *in)
{
	struct log_memory *m = log_memory_new();
	struct log_said said;
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	while ((len = getline(&line, &size, in)) > 0) {
		log_take(&said, line, len);
		log_tell(m, &said, print, NULL);
	}
	free(line);
	log_memory_free(m);
	return 0;
}

static int keep(FILE *in, const char *path, const char *settings)
{
	json_object *wanted = settings ? json_tokener_parse(settings) : NULL;
	struct ipsec_log *l = ipsec_log_open(path, wanted);
	char *line = NULL;
	size_t size = 0;
	ssize_t len;

	json_object_put(wanted);
	if (!l) {
		perror(path);
		return 1;
	}
	while ((len = getline(&line, &size, in)) > 0)
		ipsec_log_line(l, line, len);
	free(line);
	ipsec_log_close(l);
	return 0;
}

/* No line of the log moves a cursor, and none is longer than it may be. */
static void check(void *data, enum log_topic topic, const char *text)
{
	const char *p;

	(void)data;
	(void)log_topics(topic);
	if (strlen(text) >= LOG_LINE)
		abort();
	for (p = text; *p; p++)
		if (*p < ' ' || *p > '~')
			abort();
}

static char *lines[4096];
static size_t line_count;

static size_t mutate(char *to, size_t size)
{
	const char *from = lines[rand() % line_count];
	const char *other = lines[rand() % line_count];
	size_t len = strlen(from), cut = rand() % (len + 1), n;

	n = snprintf(to, size, "%.*s%s", (int)cut, from,
		     other + rand() % (strlen(other) + 1));
	for (cut = rand() % 4; cut; cut--)
		to[rand() % (n + 1)] = rand();
	switch (rand() % 16) {
	case 0:
		n = rand() % (n + 1);
		break;
	case 1:
		memset(to + n, "A'[<>$,/"[rand() % 8], size - n);
		n += rand() % (size - n);
	}
	return n;
}

static int fuzz(FILE *in, int seconds, unsigned int seed)
{
	struct log_memory *m = log_memory_new();
	time_t end = time(NULL) + seconds;
	static char line[16384];
	struct log_said said;
	size_t size = 0, n;
	char *one = NULL;

	srand(seed);
	while (line_count < 4096 && getline(&one, &size, in) > 0)
		lines[line_count++] = strdup(one);
	while (line_count && time(NULL) < end) {
		for (n = 0; n < 1000; n++) {
			log_take(&said, line, mutate(line, sizeof(line)));
			log_tell(m, &said, check, NULL);
		}
	}
	while (line_count)
		free(lines[--line_count]);
	free(one);
	log_memory_free(m);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc > 3 && !strcmp(argv[1], "-f"))
		return fuzz(stdin, atoi(argv[2]), atoi(argv[3]));
	if (argc > 2 && !strcmp(argv[1], "-k"))
		return keep(stdin, argv[2], argv[3]);
	return tell(stdin);
}
