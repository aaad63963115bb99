// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <string.h>

#include "array.h"
#include "buffer.h"
#include "fw_type.h"
#include "ipsec_type.h"
#include "type_service.h"

/* A name whose last label is a number would be an address mistyped. */
static bool ends_in_number(const char *text)
{
	const char *dot = strrchr(text, '.');

	text = dot ? dot + 1 : text;
	return text[strspn(text, "0123456789")] == '\0';
}

static const char *parse_peer(struct arena *a, const struct rule *r,
			      const char *text)
{
	const char *prefix = type_any_prefix.parse(a, r, text);

	if (prefix || ends_in_number(text))
		return prefix;
	return type_domain.parse(a, r, text);
}

/* Of each kind the word, and what may stand behind it. */
static const struct {
	const char *word;
	const struct type *type;
} kinds[] = {
	{ "address", &type_any_ip }, { "fqdn", &type_line },
	{ "user-fqdn", &type_line }, { "key-id", &type_line },
	{ "dn", &type_line },
};

static const char *parse_ike_id(struct arena *a, const struct rule *r,
				const char *text)
{
	static const struct rule some = { .min = 1, .max = 255 };
	const char *colon = strchr(text, ':'), *value;
	size_t i;

	(void)r;
	for (i = 0; colon && i < ARRAY_SIZE(kinds); i++) {
		if (strncmp(text, kinds[i].word, colon - text) ||
		    kinds[i].word[colon - text])
			continue;
		value = kinds[i].type->parse(a, &some, colon + 1);
		return value ? buffer_format(a, "%s:%s", kinds[i].word, value) :
			       NULL;
	}
	return NULL;
}

static const char *parse_esp(struct arena *a, const struct rule *r,
			     const char *text)
{
	static const char *const other[][2] = {
		{ "aes-128gcm", "aes-128-gcm" },
		{ "aes-192gcm", "aes-192-gcm" },
		{ "aes-256gcm", "aes-256-gcm" },
	};
	size_t i;

	(void)a;
	(void)r;
	for (i = 0; i < ARRAY_SIZE(other); i++)
		if (!strcmp(text, other[i][0]))
			return other[i][1];
	return NULL;
}

static const char *parse_carried(struct arena *a, const struct rule *r,
				 const char *text)
{
	const char *word = word_match(protocol_words, text);

	return word ? word : type_protocol.parse(a, r, text);
}

const struct type type_peer = {
	"IP or IPv6 prefix, or DNS name", "192.0.2.1/32", parse_peer, NULL
};

const struct type type_ike_id = {
	"(address|fqdn|user-fqdn|key-id|dn):VALUE", "fqdn:site-a.example.com",
	parse_ike_id, NULL
};

const struct type type_esp = {
	"the same without the second \"-\"", "aes-128gcm", parse_esp, NULL
};

const struct type type_carried = {
	"protocol's name or number", "udp", parse_carried, NULL
};
