// SPDX-License-Identifier: GPL-2.0-only
/*
 * Why proposals do not match, in the words of RouterOS:
 * "rejected enctype: DB(prop#1:trns#1):Peer(prop#1:trns#1) = AES-256:AES-128", ours
 * before the colon.
 */
#include <string.h>

#include "array.h"
#include "log_parts.h"

/* more than anybody has; the rest is left out */
#define PROPOSALS	8
#define ALGORITHMS	16

enum kind { ENCRYPTION, HASH, PRF, GROUP, ESN, KINDS };

static const char *const kind_names[] = {
	"enctype", "hashtype", "prf", "dh_group", "esn",
};

/**
 * struct proposal - a proposal, as "IKE:AES_CBC_256/HMAC_SHA2_256_128/MODP_2048"
 * @names: of the algorithms, as the daemon has them
 * @count: of them
 * @protocol: "IKE", "ESP" or "AH"
 */
struct proposal {
	char names[KINDS][ALGORITHMS][32];
	unsigned int count[KINDS];
	char protocol[8];
};

static bool begins(const char *text, const char *with)
{
	return !strncmp(text, with, strlen(with));
}

static enum kind kind_of(const char *name)
{
	if (begins(name, "PRF_"))
		return PRF;
	if (begins(name, "HMAC_") || begins(name, "AES_XCBC") ||
	    begins(name, "AES_CMAC") || begins(name, "AUTH_"))
		return HASH;
	if (begins(name, "MODP_") || begins(name, "ECP_") ||
	    begins(name, "CURVE_"))
		return GROUP;
	return strstr(name, "EXT_SEQ") ? ESN : ENCRYPTION;
}

static unsigned int take_proposals(struct proposal *all, const char *text)
{
	unsigned int n = 0;

	while (*text && n < PROPOSALS) {
		struct proposal *p = &all[n++];
		size_t len = strcspn(text, ",");
		const char *end = text + len;

		memset(p, 0, sizeof(*p));
		len = strcspn(text, ":,");
		snprintf(p->protocol, sizeof(p->protocol), "%.*s", (int)len,
			 text);
		text += len;
		while (text < end) {
			char name[sizeof(p->names[0][0])];
			enum kind k;

			text++;
			len = strcspn(text, "/,");
			snprintf(name, sizeof(name), "%.*s", (int)len, text);
			text += len;
			k = kind_of(name);
			if (*name && p->count[k] < ALGORITHMS)
				memcpy(p->names[k][p->count[k]++], name,
				       sizeof(name));
		}
		text += strspn(text, ", ");
	}
	return n;
}

/* As RouterOS calls it: AES_CBC_256 is AES-256. */
static void add_name(char *to, size_t size, const char *name)
{
	static const char *const renamed[][2] = {
		{ "AES_CBC_", "AES-" }, { "AES_CTR_", "AES-CTR-" },
		{ "AES_GCM_16_", "AES-GCM-" }, { "3DES_CBC", "3DES" },
		{ "CAMELLIA_CBC_", "CAMELLIA-" }, { "DES_CBC", "DES" },
		{ "BLOWFISH_CBC_", "BLOWFISH-" },
		{ "HMAC_SHA1_", "SHA1" }, { "HMAC_MD5_", "MD5" },
		{ "HMAC_SHA2_256_", "SHA256" }, { "HMAC_SHA2_384_", "SHA384" },
		{ "HMAC_SHA2_512_", "SHA512" },
		{ "PRF_HMAC_SHA1", "SHA1" }, { "PRF_HMAC_MD5", "MD5" },
		{ "PRF_HMAC_SHA2_", "SHA" },
		{ "MODP_", "modp" }, { "ECP_", "ecp" },
		{ "CURVE_25519", "x25519" },
	};
	size_t i, used = strlen(to);

	for (i = 0; i < ARRAY_SIZE(renamed); i++) {
		const char *with = renamed[i][0];

		if (!begins(name, with))
			continue;
		name += strlen(with);
		/* a hash is cut to so many bits; that has no name there */
		if (begins(with, "HMAC_"))
			name = "";
		snprintf(to + used, size - used, "%s%s", renamed[i][1], name);
		return;
	}
	snprintf(to + used, size - used, "%s", name);
}

static void put_names(char *to, size_t size, const struct proposal *p,
		      enum kind k)
{
	unsigned int i;

	snprintf(to, size, "%s", p->count[k] ? "" : "none");
	for (i = 0; i < p->count[k]; i++) {
		size_t used = strlen(to);

		if (i)
			snprintf(to + used, size - used, ",");
		add_name(to, size, p->names[k][i]);
	}
}

static bool have_common(const struct proposal *a, const struct proposal *b,
			enum kind k)
{
	unsigned int i, j;

	for (i = 0; i < a->count[k]; i++)
		for (j = 0; j < b->count[k]; j++)
			if (!strcmp(a->names[k][i], b->names[k][j]))
				return true;
	return !a->count[k] && !b->count[k];
}

/* A bit for each kind in which they differ. */
static unsigned int differences(const struct proposal *a,
				const struct proposal *b)
{
	unsigned int found = 0, k;

	for (k = 0; k < KINDS; k++)
		if (!have_common(a, b, k))
			found |= 1 << k;
	/* of a hash and its PRF people set one */
	return (found & 1 << HASH) ? found & ~(1 << PRF) : found;
}

static void describe(char *to, size_t size, const struct proposal *ours,
		     unsigned int i, const struct proposal *theirs,
		     unsigned int j, enum kind k)
{
	char a[200], b[200];

	put_names(a, sizeof(a), &ours[i], k);
	put_names(b, sizeof(b), &theirs[j], k);
	snprintf(to, size,
		 "rejected %s: DB(prop#%u:trns#1):Peer(prop#%u:trns#1) = %s:%s",
		 kind_names[k], i + 1, j + 1, a, b);
}

void log_differ(const char *configured, const char *received, bool groups,
		log_say say, void *data, char *why, size_t size)
{
	struct proposal ours[PROPOSALS], theirs[PROPOSALS];
	unsigned int n = take_proposals(ours, configured);
	unsigned int m = take_proposals(theirs, received);
	unsigned int i, j, k, least = KINDS + 1;
	char line[LOG_LINE];

	*why = '\0';
	for (i = 0; i < n; i++) {
		for (j = 0; j < m; j++) {
			unsigned int found = differences(&ours[i], &theirs[j]);
			unsigned int count;
			bool best;

			if (strcmp(ours[i].protocol, theirs[j].protocol)) {
				snprintf(line, sizeof(line),
					 "rejected proto_id: DB(prop#%u:trns#1):Peer(prop#%u:trns#1) = %s:%s",
					 i + 1, j + 1, ours[i].protocol,
					 theirs[j].protocol);
				say(data, TOPIC_PLAIN, line);
				if (!*why)
					snprintf(why, size, "%s", line);
				continue;
			}
			if (!groups)
				found &= ~(1 << GROUP);
			count = __builtin_popcount(found);
			best = count && count < least;
			if (best) {
				least = count;
				*why = '\0';
			}
			for (k = 0; k < KINDS; k++) {
				size_t used = strlen(why);

				if (!(found & 1 << k))
					continue;
				describe(line, sizeof(line), ours, i, theirs, j,
					 k);
				say(data, TOPIC_PLAIN, line);
				if (best)
					snprintf(why + used, size - used,
						 "%s%s", used ? ", " : "",
						 line);
			}
		}
	}
}
