// SPDX-License-Identifier: GPL-2.0-only
/*
 * Does the daemon have what phase 1 asks for? It takes proposals of anything that has
 * a name, and fails when it comes to it.
 */
#include <string.h>

#include "array.h"
#include "ike_private.h"

/**
 * struct algorithm - an algorithm of phase 1
 * @word: in proposals; a "*" at its end stands for the length of the key
 * @name: in the answer to get-algorithms
 */
struct algorithm {
	const char *word, *name;
};

static const struct algorithm algorithms[] = {
	{ "aes*", "AES_CBC" },
	{ "camellia*", "CAMELLIA_CBC" },
	{ "blowfish*", "BLOWFISH_CBC" },
	{ "3des", "3DES_CBC" },
	{ "des", "DES_CBC" },
	{ "md5", "HMAC_MD5_96" },
	{ "sha1", "HMAC_SHA1_96" },
	{ "sha256", "HMAC_SHA2_256_128" },
	{ "sha512", "HMAC_SHA2_512_256" },
	{ "modp768", "MODP_768" },
	{ "modp1024", "MODP_1024" },
	{ "modp1536", "MODP_1536" },
	{ "modp2048", "MODP_2048" },
	{ "modp3072", "MODP_3072" },
	{ "modp4096", "MODP_4096" },
	{ "modp6144", "MODP_6144" },
	{ "modp8192", "MODP_8192" },
	{ "ecp256", "ECP_256" },
	{ "ecp384", "ECP_384" },
	{ "ecp521", "ECP_521" },
};

static bool is_word(const struct algorithm *alg, const char *text, size_t len)
{
	size_t own = strlen(alg->word);

	if (alg->word[own - 1] == '*')
		return len > own - 1 && !strncmp(alg->word, text, own - 1);
	return len == own && !strncmp(alg->word, text, len);
}

/* In any of the kinds that the answer has. */
static bool has(json_object *answer, const char *name)
{
	json_object_object_foreach(answer, kind, list) {
		(void)kind;
		if (json_object_object_get_ex(list, name, NULL))
			return true;
	}
	return false;
}

/* The first word of a proposal that the daemon does not have; NULL: none. */
static const char *missing(struct arena *a, json_object *answer, const char *text)
{
	size_t len, i;

	for (; text && *text; text += len + !!text[len]) {
		len = strcspn(text, "-");
		for (i = 0; i < ARRAY_SIZE(algorithms); i++)
			if (is_word(&algorithms[i], text, len) &&
			    !has(answer, algorithms[i].name))
				return arena_strndup(a, text, len);
	}
	return NULL;
}

const char *ike_cannot(struct arena *a, json_object *answer, json_object *part)
{
	json_object *conn = ike_conn(part);
	const char *word = NULL, *text;
	size_t i;

	for (i = 0; !word && (text = json_list_text(conn, "proposals", i)); i++)
		word = missing(a, answer, text);
	return word;
}
