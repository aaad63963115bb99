// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "array.h"
#include "buffer.h"
#include "json.h"
#include "proposal.h"
#include "type.h"

/**
 * struct word - an algorithm
 * @word: RouterOS'
 * @daemon: the daemon's
 * @aead: it needs no other for the integrity
 */
struct word {
	const char *word, *daemon;
	bool aead;
};

/* Those of profiles, then those of proposals; all others are called alike. */
static const struct word words[] = {
	{ "aes-128", "aes128", false },
	{ "aes-192", "aes192", false },
	{ "aes-256", "aes256", false },
	{ "blowfish", "blowfish128", false },
	{ "camellia-128", "camellia128", false },
	{ "camellia-192", "camellia192", false },
	{ "camellia-256", "camellia256", false },
	{ "aes-128-cbc", "aes128", false },
	{ "aes-192-cbc", "aes192", false },
	{ "aes-256-cbc", "aes256", false },
	{ "aes-128-ctr", "aes128ctr", false },
	{ "aes-192-ctr", "aes192ctr", false },
	{ "aes-256-ctr", "aes256ctr", false },
	{ "aes-128-gcm", "aes128gcm16", true },
	{ "aes-192-gcm", "aes192gcm16", true },
	{ "aes-256-gcm", "aes256gcm16", true },
	{ "twofish", "twofish128", false },
};

#define LIST_MAX	32

/**
 * struct list - the daemon's words of one kind
 * @word: of it
 * @count: of them
 */
struct list {
	const char *word[LIST_MAX];
	unsigned int count;
};

static const struct word *find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].word, name))
			return &words[i];
	return NULL;
}

static void add(struct arena *a, struct list *list, const char *name)
{
	const struct word *w = find(name);

	if (list->count == LIST_MAX)
		return;
	list->word[list->count++] =
		w ? w->daemon : arena_strndup(a, name, strlen(name));
}

/* All but @none. */
static void read_list(struct arena *a, struct list *list, const char *text,
		      const char *none)
{
	char name[32];

	list->count = 0;
	while (text && *text && list_next(&text, name, sizeof(name)))
		if (!none || strcmp(name, none))
			add(a, list, name);
}

static void read_ciphers(struct arena *a, struct list *list, const char *text,
			 bool aead)
{
	char name[32];

	list->count = 0;
	while (text && *text && list_next(&text, name, sizeof(name))) {
		const struct word *w = find(name);

		if ((w && w->aead) == aead)
			add(a, list, name);
	}
}

static void put(struct buffer *text, const struct list *list)
{
	unsigned int i;

	for (i = 0; i < list->count; i++)
		buffer_add(text, "%s%s", text->used ? "-" : "", list->word[i]);
}

static void put_one(struct buffer *text, const struct list *list, unsigned int i)
{
	if (list->count)
		buffer_add(text, "%s%s", text->used ? "-" : "", list->word[i]);
}

static unsigned int at_least_one(const struct list *list)
{
	return list->count ? list->count : 1;
}

/* Each with each, the cipher changing last. */
static void each(struct arena *a, json_object *all, const struct list *l)
{
	unsigned int e, h, d;

	for (e = 0; e < at_least_one(&l[0]); e++)
		for (h = 0; h < at_least_one(&l[1]); h++)
			for (d = 0; d < at_least_one(&l[2]); d++) {
				struct buffer text;

				if (json_object_array_length(all) >
				    PROPOSALS_MAX)
					return;
				buffer_init(&text, a);
				put_one(&text, &l[0], e);
				put_one(&text, &l[1], h);
				put_one(&text, &l[2], d);
				json_add_text(all, text.p);
			}
}

static void all_in_one(struct arena *a, json_object *all, const struct list *l)
{
	struct buffer text;

	buffer_init(&text, a);
	put(&text, &l[0]);
	put(&text, &l[1]);
	put(&text, &l[2]);
	json_add_text(all, text.p);
}

static void add_proposals(struct arena *a, const struct algorithms *alg,
			  json_object *all, bool aead)
{
	struct list l[3] = { 0 };

	read_ciphers(a, &l[0], alg->enc, aead);
	if (alg->enc && !l[0].count)
		return;
	if (!aead)
		read_list(a, &l[1], alg->auth, "null");
	read_list(a, &l[2], alg->dh, "none");
	if (alg->one)
		each(a, all, l);
	else
		all_in_one(a, all, l);
}

json_object *proposals(struct arena *a, const struct algorithms *alg)
{
	json_object *all = json_object_new_array();
	const struct word *first = NULL;
	const char *text = alg->enc;
	char name[32];
	bool aead;

	if (text && *text && list_next(&text, name, sizeof(name)))
		first = find(name);
	aead = first && first->aead;
	add_proposals(a, alg, all, aead);
	if (alg->enc)
		add_proposals(a, alg, all, !aead);
	if (json_object_array_length(all) <= PROPOSALS_MAX)
		return all;
	json_object_put(all);
	return NULL;
}
