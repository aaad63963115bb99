// SPDX-License-Identifier: GPL-2.0-only
/*
 * vici_test: the client of the IKE daemon's control socket, against octets and a
 * daemon of the test's own; the sanitizers watch.
 *
 * usage: vici_test CASE
 *        vici_test fuzz SECONDS SEED
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "array.h"
#include "json.h"
#include "vici.h"

#define MUST(condition) must(condition, #condition, __LINE__)

static void must(bool holds, const char *what, int line)
{
	if (holds)
		return;
	printf("line %d: not so: %s\n", line, what);
	exit(1);
}

/* The protocol's own example, octet by octet. */
static const unsigned char example[] = {
	3, 4, 'k', 'e', 'y', '1', 0, 6, 'v', 'a', 'l', 'u', 'e', '1',
	1, 8, 's', 'e', 'c', 't', 'i', 'o', 'n', '1',
	1, 11, 's', 'u', 'b', '-', 's', 'e', 'c', 't', 'i', 'o', 'n',
	3, 4, 'k', 'e', 'y', '2', 0, 6, 'v', 'a', 'l', 'u', 'e', '2',
	2,
	4, 5, 'l', 'i', 's', 't', '1',
	5, 0, 5, 'i', 't', 'e', 'm', '1',
	5, 0, 5, 'i', 't', 'e', 'm', '2',
	6,
	2,
};

static const char example_json[] =
	"{'key1':'value1','section1':{'sub-section':{'key2':'value2'},'list1':['item1','item2']}}";

/* What is read beyond its end is seen; that it is the same when written anew. */
static bool accepted(const unsigned char *data, size_t len)
{
	unsigned char *copy = malloc(len ? len : 1), *again;
	size_t again_len = 0;
	json_object *tree;

	MUST(copy);
	memcpy(copy, data, len);
	tree = vici_decode(copy, len);
	free(copy);
	if (!tree)
		return false;
	again = vici_encode(tree, &again_len);
	MUST(again && again_len == len && !memcmp(again, data, len));
	free(again);
	json_object_put(tree);
	return true;
}

static bool encodes(json_object *tree)
{
	size_t len;
	unsigned char *data = vici_encode(tree, &len);
	bool well = data && accepted(data, len);

	MUST(!data || well);
	free(data);
	return well;
}

static bool json_encodes(const char *text)
{
	json_object *tree = json_tokener_parse(text);
	bool well = encodes(tree);

	json_object_put(tree);
	return well;
}

static void test_example(void)
{
	json_object *tree = vici_decode(example, sizeof(example)), *section;
	json_object *same = json_tokener_parse(example_json);

	MUST(tree && json_object_equal(tree, same));
	json_object_put(same);
	section = json_section(tree, "section1");
	MUST(json_is(json_section(section, "sub-section"), "key2", "value2"));
	MUST(!json_text(section, "sub-section"));
	MUST(!json_text(section, "list1"));
	MUST(!json_text(section, "key1"));
	MUST(!json_text(tree, ""));
	MUST(!strcmp(json_list_text(section, "list1", 1), "item2"));
	MUST(!json_list_text(section, "list1", 2));
	MUST(!json_section(NULL, "section1"));
	MUST(accepted(example, sizeof(example)));
	json_object_put(tree);
	MUST(json_encodes(example_json));
	MUST(json_encodes("{}"));
	MUST(json_encodes("{\"a\":\"\",\"\":\"x\\u0000y\",\"l\":[]}"));
}

/* Cut at each octet: right only between two elements of the outermost section. */
static void test_truncated(void)
{
	size_t len, right = 0;

	for (len = 0; len < sizeof(example); len++)
		right += accepted(example, len);
	MUST(right == 2);
}

static void test_refused(void)
{
	static const struct {
		const char *octets;
		size_t len;
	} bad[] = {
		{ "\3\1a\0\1x\3\1a\0\1y", 12 },	/* twice the same key */
		{ "\3\1a\0\1x\4\1a\6", 10 },
		{ "\1\1a\2\1\1a\2", 8 },
		{ "\3\1\0\0\1x", 6 },		/* a NUL in a name */
		{ "\2", 1 },			/* an end of nothing */
		{ "\6", 1 },
		{ "\5\0\1x", 4 },		/* an item of no list */
		{ "\4\1a\3\1b\0\1x\6", 9 },	/* a value in a list */
		{ "\4\1a\4\1b\6\6", 8 },	/* a list in a list */
		{ "\4\1a\1\1b\2\6", 7 },
		{ "\1\1a\6", 4 },
		{ "\0\1a\0\1x", 6 },		/* no such element */
		{ "\7\1a\0\1x", 6 },
		{ "\377\1a\0\1x", 6 },
		{ "\3\1a\377\377x", 6 },	/* longer than it is */
		{ "\3\377a", 3 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		bool taken = accepted((const unsigned char *)bad[i].octets,
				      bad[i].len);

		if (taken)
			printf("octets %zu\n", i);
		MUST(!taken);
	}
	MUST(!json_encodes("{\"a\":1}"));
	MUST(!json_encodes("{\"a\":true}"));
	MUST(!json_encodes("{\"a\":null}"));
	MUST(!json_encodes("{\"a\":[\"x\",[]]}"));
	MUST(!json_encodes("{\"a\":[{}]}"));
	MUST(!json_encodes("[\"a\"]"));
	MUST(!json_encodes("\"a\""));
	MUST(!encodes(NULL));
}

static json_object *nest(unsigned int depth)
{
	json_object *tree = json_object_new_object(), *in;

	for (in = tree; depth > 1; depth--) {
		json_object *next = json_object_new_object();

		json_object_object_add(in, "a", next);
		in = next;
	}
	json_object_object_add(in, "a", json_object_new_string("x"));
	return tree;
}

/* Octets of @depth sections, the outermost one without a beginning. */
static bool nested(unsigned int depth)
{
	unsigned char data[400];
	size_t len = 0, i;

	for (i = 1; i < depth; i++) {
		memcpy(data + len, "\1\1a", 3);
		len += 3;
	}
	memset(data + len, 2, depth - 1);
	return accepted(data, len + depth - 1);
}

static json_object *one(size_t key, size_t value)
{
	json_object *tree = json_object_new_object();
	char *text = calloc(1, key + value + 2);

	MUST(text);
	memset(text, 'k', key);
	memset(text + key + 1, 'v', value);
	json_object_object_add(tree, text,
			       json_object_new_string(text + key + 1));
	free(text);
	return tree;
}

static void test_limits(void)
{
	json_object *tree;
	unsigned char *big = calloc(1, 600 << 10);
	char key[16];
	int i, n;

	for (i = 15; i <= 18; i++) {
		tree = nest(i);
		MUST(encodes(tree) == (i <= 16));
		json_object_put(tree);
		MUST(nested(i) == (i <= 16));
	}
	MUST(nested(100) == false);
	for (i = 255; i <= 256; i++) {
		tree = one(i, 3);
		MUST(encodes(tree) == (i == 255));
		json_object_put(tree);
	}
	for (i = 65535; i <= 65536; i++) {
		tree = one(3, i);
		MUST(encodes(tree) == (i == 65535));
		json_object_put(tree);
	}
	/* 512 KiB in all */
	for (n = 7; n <= 8; n++) {
		tree = json_object_new_object();
		for (i = 0; i < n; i++) {
			json_object *t = one(1, 65535), *v;

			snprintf(key, sizeof(key), "k%d", i);
			json_object_object_get_ex(t, "k", &v);
			json_object_object_add(tree, key, json_object_get(v));
			json_object_put(t);
		}
		MUST(encodes(tree) == (n == 7));
		json_object_put(tree);
	}
	MUST(big && !vici_decode(big, 600 << 10));
	free(big);
}

static size_t chance(size_t n)
{
	return (size_t)rand() % n;
}

static json_object *random_value(unsigned int depth)
{
	json_object *o;
	size_t n, i;
	char text[40];

	switch (chance(depth ? 4 : 2)) {
	case 0:
		o = json_object_new_array();
		for (n = chance(4); n; n--)
			json_object_array_add(o,
					      json_object_new_string("item"));
		return o;
	case 1:
		n = chance(sizeof(text));
		for (i = 0; i < n; i++)
			text[i] = rand();
		return json_object_new_string_len(text, n);
	default:
		o = json_object_new_object();
		for (n = chance(5); n; n--) {
			snprintf(text, sizeof(text), "k%zu", chance(9));
			json_object_object_add(o, text,
					       random_value(depth - 1));
		}
		return o;
	}
}

static void test_fuzz(int seconds, int seed)
{
	time_t end = time(NULL) + seconds;
	unsigned long runs = 0, good = 0;

	srand(seed);
	while (time(NULL) < end) {
		json_object *tree = json_object_new_object();
		unsigned char *data;
		size_t len, n;

		json_object_object_add(tree, "a", random_value(6));
		json_object_object_add(tree, "b", random_value(6));
		data = vici_encode(tree, &len);
		MUST(data && accepted(data, len));
		for (n = 1 + chance(4); n; n--)
			data[chance(len)] = chance(chance(2) ? 8 : 256);
		good += accepted(data, len - chance(2) * chance(len));
		runs++;
		free(data);
		json_object_put(tree);
	}
	printf("%lu runs, %lu right\n", runs, good);
	MUST(good && good < runs);
}

/* A daemon that says what it is told, whatever it is asked. */
static struct vici *daemon_saying(const void *octets, size_t len, bool stay)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct vici *v;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(at.sun_path, sizeof(at.sun_path), "vici.%d", getpid());
	MUST(!bind(fd, (void *)&at, sizeof(at)) && !listen(fd, 1));
	if (!fork()) {
		int peer = accept(fd, NULL, NULL);
		char buf[4096];

		/* after the request; if it goes on later, that must not matter */
		if (peer < 0 || read(peer, buf, sizeof(buf)) <= 0)
			_exit(1);
		for (; len; len--, octets = (const char *)octets + 1)
			if (send(peer, octets, 1, MSG_NOSIGNAL) != 1)
				_exit(0);
		while (stay && read(peer, buf, sizeof(buf)) > 0)
			;
		_exit(0);
	}
	v = vici_open(at.sun_path);
	unlink(at.sun_path);
	close(fd);
	MUST(v);
	return v;
}

#define SAYS(octets, stay) daemon_saying(octets, sizeof(octets) - 1, stay)

/* vici_call() fails with words like @why; is the connection of no more use? */
static void fails(struct vici *v, const char *why, bool gone)
{
	json_object *m;
	char name[16];
	bool lost;

	MUST(!vici_call(v, "version", NULL, 300));
	if (!strstr(vici_error(v), why))
		printf("said: %s\n", vici_error(v));
	MUST(strstr(vici_error(v), why));
	do {
		m = vici_event(v, name, sizeof(name), &lost);
		json_object_put(m);
	} while (m);
	MUST(lost == gone);
	if (gone)
		MUST(!vici_call(v, "version", NULL, 300));
	vici_close(v);
	while (wait(NULL) > 0)
		;
}

static void test_answers(void)
{
	/* an event before the answer, and one behind it */
	static const unsigned char said[] = {
		0, 0, 0, 8, 7, 1, 'e', 3, 1, 'a', 0, 0,
		0, 0, 0, 7, 1, 3, 1, 'k', 0, 1, 'v',
		0, 0, 0, 5, 7, 3, 'a', 'b', 'c',
	};
	struct vici *v = daemon_saying(said, sizeof(said), true);
	json_object *m;
	char name[16];
	bool lost;

	m = vici_call(v, "version", NULL, 5000);
	MUST(m && json_is(m, "k", "v"));
	json_object_put(m);
	m = vici_event(v, name, sizeof(name), &lost);
	MUST(m && !strcmp(name, "e") && !lost && json_text(m, "a"));
	json_object_put(m);
	do {
		m = vici_event(v, name, sizeof(name), &lost);
	} while (!m && !lost);
	MUST(m && !strcmp(name, "abc"));
	json_object_put(m);
	vici_close(v);

	fails(SAYS("\0\0\0\1\2", true), "does not know version", false);
	fails(SAYS("\0\0\0\x1c\1\3\7success\0\2no\3\6errmsg\0\4a\33[m", true),
	      "a?[m", false);
	fails(SAYS("\0\0\0\x0e\1\3\7success\0\2no", true), "no reason", false);
}

static void test_malice(void)
{
	fails(SAYS("", false), "gone", true);
	fails(SAYS("\0\0\0\x07\1\3\1k", false), "gone", true);
	fails(SAYS("\0\0", false), "gone", true);
	fails(SAYS("\0\0\0\x07\1\3\1k", true), "no answer in time", true);
	fails(SAYS("\0\0\0\0", true), "0 octets", true);
	fails(SAYS("\0\x08\0\1\1", true), "524289 octets", true);
	fails(SAYS("\377\377\377\377\1", true), "4294967295 octets", true);
	fails(SAYS("\0\0\0\1\x9", true), "type 9", true);
	fails(SAYS("\0\0\0\1\0", true), "type 0", true);
	fails(SAYS("\0\0\0\1\5", true), "type 5", true);
	fails(SAYS("\0\0\0\1\7", true), "without a name", true);
	fails(SAYS("\0\0\0\4\7\3ab", true), "without a name", true);
	fails(SAYS("\0\0\0\4\7\2a\0", true), "without a name", true);
	fails(SAYS("\0\0\0\3\7\1a\0\0\0\2\1\2", true), "is none", true);
	errno = 0;
	MUST(!vici_open("/nowhere/at/all") && errno == ENOENT);
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		void (*run)(void);
	} cases[] = {
		{ "example", test_example }, { "truncated", test_truncated },
		{ "refused", test_refused }, { "limits", test_limits },
		{ "answers", test_answers }, { "malice", test_malice },
	};
	size_t i;

	for (i = 0; argc == 2 && i < ARRAY_SIZE(cases); i++) {
		if (strcmp(argv[1], cases[i].name))
			continue;
		cases[i].run();
		return 0;
	}
	if (argc == 4 && !strcmp(argv[1], "fuzz")) {
		test_fuzz(atoi(argv[2]), atoi(argv[3]));
		return 0;
	}
	fprintf(stderr, "usage: vici_test CASE | fuzz SECONDS SEED\n");
	return 2;
}
