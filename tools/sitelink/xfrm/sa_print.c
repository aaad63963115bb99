// SPDX-License-Identifier: GPL-2.0-only
/* /ip ipsec installed-sa and statistics */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "array.h"
#include "ike.h"
#include "ipsec_live.h"
#include "machine_private.h"
#include "menu_ipsec.h"
#include "sa.h"

#define XFRM_STAT	"/proc/thread-self/net/xfrm_stat"

/* RouterOS' name of an algorithm */
static const char *alg_name(const char *kernel)
{
	static const struct {
		const char *kernel, *name;
	} names[] = {
		{ "md5", "md5" }, { "hmac(md5)", "md5" },
		{ "sha1", "sha1" }, { "hmac(sha1)", "sha1" },
		{ "sha256", "sha256" }, { "hmac(sha256)", "sha256" },
		{ "sha384", "sha384" }, { "hmac(sha384)", "sha384" },
		{ "sha512", "sha512" }, { "hmac(sha512)", "sha512" },
		{ "digest_null", "null" }, { "hmac(digest_null)", "null" },
		{ "cipher_null", "null" }, { "ecb(cipher_null)", "null" },
		{ "des", "des" }, { "cbc(des)", "des" },
		{ "des3_ede", "3des" }, { "cbc(des3_ede)", "3des" },
		{ "aes", "aes-cbc" }, { "cbc(aes)", "aes-cbc" },
		{ "rfc3686(ctr(aes))", "aes-ctr" },
		{ "rfc4106(gcm(aes))", "aes-gcm" },
		{ "blowfish", "blowfish" }, { "cbc(blowfish)", "blowfish" },
		{ "cbc(camellia)", "camellia" },
		{ "twofish", "twofish" }, { "cbc(twofish)", "twofish" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (!strcmp(names[i].kernel, kernel))
			return names[i].name;
	return kernel;
}

static bool is_past(uint64_t now, uint64_t limit)
{
	return limit && limit != XFRM_INF && now >= limit;
}

/* As of KAME, from where RouterOS has the words */
static const char *state_of(const struct sa *sa, uint64_t age)
{
	const struct xfrm_lifetime_cfg *l = &sa->info.lft;
	const struct xfrm_lifetime_cur *cur = &sa->info.curlft;

	if (sa_is_larval(sa))
		return "larval";
	if (is_past(age, l->hard_add_expires_seconds) ||
	    is_past(cur->bytes, l->hard_byte_limit) ||
	    is_past(cur->packets, l->hard_packet_limit))
		return "dead";
	if (is_past(age, l->soft_add_expires_seconds) ||
	    is_past(cur->bytes, l->soft_byte_limit) ||
	    is_past(cur->packets, l->soft_packet_limit))
		return "dying";
	return "mature";
}

static void put_algs(struct config *c, struct item *item, const struct sa *sa)
{
	const struct sa_alg *enc = *sa->aead.name ? &sa->aead : &sa->enc;
	bool ah = sa->info.id.proto == IPPROTO_AH;

	if (sa_is_larval(sa))
		return;
	item_put(c, item, "auth-algorithm",
		 *sa->auth.name ? alg_name(sa->auth.name) : "null");
	if (!ah) {
		item_put(c, item, "enc-algorithm",
			 *enc->name ? alg_name(enc->name) : "null");
		item_putf(c, item, "enc-key-size", "%u", enc->bits);
	}
	if (sa->auth.bits)
		item_put(c, item, "auth-key", sa->auth.key);
	if (enc->bits)
		item_put(c, item, "enc-key", enc->key);
}

static void put_times(struct config *c, struct item *item, const struct sa *sa)
{
	const struct xfrm_lifetime_cfg *l = &sa->info.lft;
	uint64_t added = sa->info.curlft.add_time, now = time(NULL);
	uint64_t age = now > added ? now - added : 0;
	time_t when = added;
	char text[32];
	struct tm tm;

	item_put(c, item, "state", state_of(sa, age));
	if (added && localtime_r(&when, &tm) &&
	    strftime(text, sizeof(text), "%Y-%m-%d %H:%M:%S", &tm))
		item_put(c, item, "addtime", text);
	if (!l->hard_add_expires_seconds)
		return;
	item_putf(c, item, "add-lifetime", "%s/%s",
		  time_text(c->arena, l->soft_add_expires_seconds),
		  time_text(c->arena, l->hard_add_expires_seconds));
	item_put(c, item, "expires-in",
		 time_text(c->arena, age < l->hard_add_expires_seconds ?
			   l->hard_add_expires_seconds - age : 0));
}

/* Why the SAs of a peer are not offloaded though they could; NULL: nothing to say. */
static const char *why_not(json_object *parts, const char *address)
{
	const char *peer, *why = NULL;
	json_object *remote, *reason;

	if (!json_object_is_type(parts, json_type_object))
		return NULL;
	json_object_object_foreach(parts, name, part) {
		(void)name;
		if (!json_object_object_get_ex(part, "remote", &remote) ||
		    !json_object_object_get_ex(part, "why", &reason))
			continue;
		peer = json_object_get_string(remote);
		if (peer && !strcmp(peer, address))
			why = json_object_get_string(reason);
	}
	return why;
}

static void put_sa(struct config *c, const struct sa *sa, json_object *parts)
{
	struct item *item = item_add(c, &menu_ipsec_installed_sa, NULL);
	char src[IP_TEXT], dst[IP_TEXT];
	const char *why = NULL;

	ip_text(&sa->src, src);
	ip_text(&sa->dst, dst);
	item->dynamic = true;
	item_put(c, item, "AH", sa->info.id.proto == IPPROTO_AH ? "yes" : "no");
	item_put(c, item, "ESP",
		 sa->info.id.proto == IPPROTO_ESP ? "yes" : "no");
	item_put(c, item, "hw-aead", sa->offload ? "yes" : "no");
	item_putf(c, item, "spi", "0x%08X", ntohl(sa->info.id.spi));
	item_put(c, item, "src-address", src);
	item_put(c, item, "dst-address", dst);
	put_algs(c, item, sa);
	put_times(c, item, sa);
	item_putf(c, item, "current-bytes", "%llu", sa->info.curlft.bytes);
	item_putf(c, item, "current-packets", "%llu", sa->info.curlft.packets);
	item_putf(c, item, "replay", "%u", sa->window);
	if (!sa->offload) {
		why = why_not(parts, src);
		why = why ? why : why_not(parts, dst);
	}
	if (why)
		item_put(c, item, "comment", why);
}

static bool is_ipsec(const struct sa *sa)
{
	return sa->info.id.proto == IPPROTO_ESP ||
	       sa->info.id.proto == IPPROTO_AH;
}

void ipsec_others_sas(struct machine *m, struct config *c)
{
	json_object *state, *parts = NULL;
	const struct sa *sa;
	struct nl_error err;
	struct sa *first;

	/* not the administrator: nothing is known */
	if (sas_read(m, c->arena, &first, &err) || !first)
		return;
	state = ike_state_read(m, c->arena);
	json_object_object_get_ex(state, "parts", &parts);
	for (sa = first; sa; sa = sa->next)
		if (is_ipsec(sa))
			put_sa(c, sa, parts);
	json_object_put(state);
}

/* Each row knows the kernel's name of it. */
void ipsec_live_statistics(struct machine *m, struct item *item)
{
	char line[128], name[64], value[24];
	FILE *f = fopen(XFRM_STAT, "re");
	unsigned int i;

	while (f && fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%63s %23[0-9]", name, value) != 2)
			continue;
		for (i = 0; i < item->menu->count; i++)
			if (!strcmp(item->menu->props[i].maps, name))
				item->values[i] = arena_strndup(m->arena, value,
								strlen(value));
	}
	if (f)
		fclose(f);
}
