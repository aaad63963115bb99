// SPDX-License-Identifier: GPL-2.0-only
/*
 * What an SA asks of an engine, in the crypto API's words.
 */
#include <crypto/authenc.h>
#include <linux/bitops.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>

#include "espdev.h"

static int aead_key(const struct xfrm_algo_aead *a, struct espdev_alg *alg)
{
	alg->key_len = BITS_TO_BYTES(a->alg_key_len);
	alg->key = kmemdup(a->alg_key, alg->key_len, GFP_KERNEL);
	return alg->key ? 0 : -ENOMEM;
}

/* The key of authenc: both keys behind a struct rtattr with a length. */
static int authenc_key(const struct xfrm_algo_auth *auth,
		       const struct xfrm_algo *enc, struct espdev_alg *alg)
{
	unsigned int enc_len = BITS_TO_BYTES(enc->alg_key_len);
	unsigned int auth_len = auth ? BITS_TO_BYTES(auth->alg_key_len) : 0;
	struct crypto_authenc_key_param *param;
	struct rtattr *rta;
	u8 *p;

	alg->key_len = RTA_SPACE(sizeof(*param)) + auth_len + enc_len;
	p = kzalloc(alg->key_len, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	alg->key = p;
	rta = (struct rtattr *)p;
	rta->rta_type = CRYPTO_AUTHENC_KEYA_PARAM;
	rta->rta_len = RTA_LENGTH(sizeof(*param));
	param = RTA_DATA(rta);
	param->enckeylen = cpu_to_be32(enc_len);
	p += RTA_SPACE(sizeof(*param));
	if (auth_len)
		memcpy(p, auth->alg_key, auth_len);
	memcpy(p + auth_len, enc->alg_key, enc_len);
	return 0;
}

/**
 * espdev_alg_name() - what the crypto API calls what a state asks for
 * @x: state, held
 * @esn: as it is with extended sequence numbers, where that makes a difference
 * @name: &ESPDEV_ALG_LEN octets
 *
 * Context: any.
 * Return: 0 or -EOPNOTSUPP.
 */
int espdev_alg_name(const struct xfrm_state *x, bool esn, char *name)
{
	if (x->aead)
		strscpy(name, x->aead->alg_name, ESPDEV_ALG_LEN);
	else if (x->ealg)
		scnprintf(name, ESPDEV_ALG_LEN, "authenc%s(%s,%s)",
			  esn ? "esn" : "",
			  x->aalg ? x->aalg->alg_name : "digest_null",
			  x->ealg->alg_name);
	else
		return -EOPNOTSUPP;
	return 0;
}

/**
 * espdev_alg_init() - what a state asks for
 * @alg: filled in but for its flags; espdev_alg_clear() frees what it holds
 * @x: state, held
 *
 * Context: process, may sleep.
 * Return: 0, -EOPNOTSUPP: nothing that espdev knows, or -ENOMEM.
 */
int espdev_alg_init(struct espdev_alg *alg, const struct xfrm_state *x)
{
	char name[ESPDEV_ALG_LEN];
	int err;

	err = espdev_alg_name(x, x->props.flags & XFRM_STATE_ESN, name);
	if (err)
		return err;
	alg->name = kstrdup(name, GFP_KERNEL);
	if (x->aead) {
		alg->icv_len = x->aead->alg_icv_len / 8;
		err = aead_key(x->aead, alg);
	} else {
		alg->icv_len = x->aalg ? x->aalg->alg_trunc_len / 8 : 0;
		err = authenc_key(x->aalg, x->ealg, alg);
	}
	if (err || !alg->name) {
		espdev_alg_clear(alg);
		return -ENOMEM;
	}
	return 0;
}

/**
 * espdev_alg_clear() - free what espdev_alg_init() has filled in
 * @alg: it
 */
void espdev_alg_clear(struct espdev_alg *alg)
{
	kfree(alg->name);
	kfree_sensitive(alg->key);
	alg->name = NULL;
	alg->key = NULL;
}
