// SPDX-License-Identifier: GPL-2.0-only
/* Security associations, from a dump. */
#include <string.h>

#include "buffer.h"
#include "sa.h"

/**
 * struct reading - a dump
 * @arena: where to
 * @first: of them
 * @last: where the next one is linked
 */
struct reading {
	struct arena *arena;
	struct sa **first, **last;
};

/*
 * struct xfrm_algo, xfrm_algo_auth and xfrm_algo_aead begin alike; @head is how long
 * the one is before its key.
 */
static void read_alg(struct arena *a, struct sa_alg *alg,
		     const struct nlattr *attr, size_t head)
{
	const struct xfrm_algo *raw = attr ? mnl_attr_get_payload(attr) : NULL;
	size_t len = attr ? mnl_attr_get_payload_len(attr) : 0, i, octets;
	const unsigned char *key = (const unsigned char *)raw + head;
	struct buffer hex;

	if (len < head)
		return;
	octets = (raw->alg_key_len + 7ULL) / 8;
	if (octets > len - head)
		return;
	alg->name = arena_strndup(a, raw->alg_name,
				  strnlen(raw->alg_name,
					  sizeof(raw->alg_name)));
	alg->bits = raw->alg_key_len;
	buffer_init(&hex, a);
	for (i = 0; i < octets; i++)
		buffer_add(&hex, "%02x", key[i]);
	alg->key = hex.p;
}

static void read_window(struct sa *sa, const struct nlattr *attr)
{
	struct xfrm_replay_state_esn esn;

	sa->window = sa->info.replay_window;
	if (!attr || mnl_attr_get_payload_len(attr) < sizeof(esn))
		return;
	memcpy(&esn, mnl_attr_get_payload(attr), sizeof(esn));
	sa->window = esn.replay_window;
}

static void read_offload(struct sa *sa, const struct nlattr *attr)
{
	struct xfrm_user_offload offload;

	if (!attr || mnl_attr_get_payload_len(attr) < sizeof(offload))
		return;
	memcpy(&offload, mnl_attr_get_payload(attr), sizeof(offload));
	sa->offload = offload.ifindex;
}

static struct ip address(int family, const xfrm_address_t *addr)
{
	struct ip ip = { .family = family, .len = ip_bits(family) };

	memcpy(ip.octets, addr, ip_size(family));
	return ip;
}

static int read_sa(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *tb[XFRMA_MAX + 1];
	struct reading *reading = data;
	struct arena *a = reading->arena;
	struct sa *sa, found = {
		.auth.name = "", .enc.name = "", .aead.name = "",
	};

	if (nlh->nlmsg_type != XFRM_MSG_NEWSA ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(found.info))
		return MNL_CB_OK;
	memcpy(&found.info, mnl_nlmsg_get_payload(nlh), sizeof(found.info));
	if (found.info.family != AF_INET && found.info.family != AF_INET6)
		return MNL_CB_OK;
	nl_attrs(nlh, sizeof(found.info), tb, XFRMA_MAX);
	found.src = address(found.info.family, &found.info.saddr);
	found.dst = address(found.info.family, &found.info.id.daddr);
	read_alg(a, &found.enc, tb[XFRMA_ALG_CRYPT], sizeof(struct xfrm_algo));
	read_alg(a, &found.aead, tb[XFRMA_ALG_AEAD],
		 sizeof(struct xfrm_algo_aead));
	read_alg(a, &found.auth, tb[XFRMA_ALG_AUTH], sizeof(struct xfrm_algo));
	read_alg(a, &found.auth, tb[XFRMA_ALG_AUTH_TRUNC],
		 sizeof(struct xfrm_algo_auth));
	read_window(&found, tb[XFRMA_REPLAY_ESN_VAL]);
	read_offload(&found, tb[XFRMA_OFFLOAD_DEV]);
	sa = arena_alloc(a, sizeof(*sa));
	*sa = found;
	*reading->last = sa;
	reading->last = &sa->next;
	return MNL_CB_OK;
}

static void read_anew(void *data)
{
	struct reading *reading = data;

	*reading->first = NULL;
	reading->last = reading->first;
}

int sas_read(struct machine *m, struct arena *a, struct sa **first,
	     struct nl_error *err)
{
	struct nlmsghdr *nlh = nl_xfrm(m, XFRM_MSG_GETSA, NLM_F_DUMP, 0);
	struct reading reading = { a, first, NULL };

	read_anew(&reading);
	return nlh ? nl_dump(m, nlh, read_sa, &reading, read_anew, err) : 0;
}

bool sa_is_larval(const struct sa *sa)
{
	return !*sa->auth.name && !*sa->enc.name && !*sa->aead.name;
}
