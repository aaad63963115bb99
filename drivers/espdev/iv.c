// SPDX-License-Identifier: GPL-2.0-only
/*
 * IVs. On one SA the stack encrypts, too: what is too long for the device,
 * what was routed elsewhere. Its IVs come from a generator with a secret salt,
 * a function of the sequence number that never takes a value twice. Ours come
 * from the same function of the same salt, so that no two packets of the SA
 * have the same one, whoever encrypts them (RFC 4106, section 3.1 and others).
 */
#include <crypto/aead.h>
#include <crypto/skcipher.h>
#include <linux/bitops.h>
#include <linux/slab.h>
#include <linux/unaligned.h>

#include "espdev.h"

/**
 * espdev_iv_kind() - how the IVs of an SA come about
 * @sa: told so
 * @x: its state, set up by the stack
 *
 * Return: 0, or -EOPNOTSUPP when the stack's generator is not known.
 */
int espdev_iv_kind(struct espdev_sa *sa, const struct xfrm_state *x)
{
	unsigned int len;

	if (!x->aead && !x->ealg)
		return -EOPNOTSUPP;
	len = crypto_aead_ivsize(x->data);
	sa->iv_len = len;
	if (!len)
		sa->iv = ESPDEV_IV_NONE;
	else if (x->geniv && !strcmp(x->geniv, "seqiv") && len == 8)
		sa->iv = ESPDEV_IV_XOR;
	else if (x->geniv && !strcmp(x->geniv, "echainiv") &&
		 len <= ESPDEV_IV_MAX && !(len % 8))
		sa->iv = ESPDEV_IV_CIPHER;
	else
		return -EOPNOTSUPP;
	return 0;
}

/* Let the stack's transform encrypt nothing as packet @seq; take its IV. */
static int stack_iv(struct xfrm_state *x, u64 seq, u8 *wire, unsigned int len)
{
	struct crypto_aead *aead = x->data;
	unsigned int assoc = x->props.flags & XFRM_STATE_ESN ? 12 : 8;
	unsigned int text = ALIGN(crypto_aead_blocksize(aead), 4);
	unsigned int size = assoc + len + text + crypto_aead_authsize(aead);
	u8 iv[ESPDEV_IV_MAX] __aligned(CRYPTO_MINALIGN) = {};
	struct aead_request *req;
	DECLARE_CRYPTO_WAIT(wait);
	struct scatterlist sg;
	int err = -ENOMEM;
	u8 *buf;

	buf = kzalloc(size, GFP_KERNEL);
	req = aead_request_alloc(aead, GFP_KERNEL);
	if (!buf || !req)
		goto out;
	put_unaligned_be64(seq, iv + len - sizeof(seq));
	sg_init_one(&sg, buf, size);
	aead_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG,
				  crypto_req_done, &wait);
	aead_request_set_crypt(req, &sg, &sg, len + text, iv);
	aead_request_set_ad(req, assoc);
	err = crypto_wait_req(crypto_aead_encrypt(req), &wait);
	if (!err)
		memcpy(wire, buf + assoc, len);
out:
	aead_request_free(req);
	kfree_sensitive(buf);
	return err;
}

/* One block by the bare cipher, in place. */
static int decrypt_block(const struct xfrm_state *x, u8 *block,
			 unsigned int len)
{
	u8 iv[ESPDEV_IV_MAX] __aligned(CRYPTO_MINALIGN) = {};
	struct skcipher_request *req = NULL;
	struct crypto_skcipher *cipher;
	DECLARE_CRYPTO_WAIT(wait);
	struct scatterlist sg;
	int err;

	cipher = crypto_alloc_skcipher(x->ealg->alg_name, 0, 0);
	if (IS_ERR(cipher))
		return PTR_ERR(cipher);
	err = crypto_skcipher_setkey(cipher, x->ealg->alg_key,
				     BITS_TO_BYTES(x->ealg->alg_key_len));
	if (err)
		goto out;
	req = skcipher_request_alloc(cipher, GFP_KERNEL);
	if (!req) {
		err = -ENOMEM;
		goto out;
	}
	sg_init_one(&sg, block, len);
	skcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_BACKLOG,
				      crypto_req_done, &wait);
	skcipher_request_set_crypt(req, &sg, &sg, len, iv);
	err = crypto_wait_req(crypto_skcipher_decrypt(req), &wait);
out:
	skcipher_request_free(req);
	crypto_free_skcipher(cipher);
	return err;
}

/**
 * espdev_iv_init() - learn the salt of the stack's generator
 * @sa: outbound, its algorithm known
 * @x: its state
 *
 * The result of the encryption is thrown away, and no packet has the numbers
 * that are used: 0, and for a cipher's IV, which repeats nothing but itself, 1.
 *
 * Context: process, may sleep.
 * Return: 0 or a negative error.
 */
int espdev_iv_init(struct espdev_sa *sa, struct xfrm_state *x)
{
	u8 *block;
	int err;

	if (sa->iv == ESPDEV_IV_NONE)
		return 0;
	block = kzalloc(ESPDEV_IV_MAX, GFP_KERNEL);
	if (!block)
		return -ENOMEM;
	err = stack_iv(x, sa->iv == ESPDEV_IV_CIPHER, block, sa->iv_len);
	/* zeros encrypted with IV 1 * salt */
	if (!err && sa->iv == ESPDEV_IV_CIPHER)
		err = decrypt_block(x, block, sa->iv_len);
	if (!err)
		memcpy(sa->salt, block, sa->iv_len);
	kfree_sensitive(block);
	return err;
}

/**
 * espdev_iv() - the IV of a packet
 * @sa: outbound SA
 * @seq: sequence number, 64 bits
 * @wire: where it stands in the packet, written to
 * @iv: for the engine, written to
 */
void espdev_iv(const struct espdev_sa *sa, u64 seq, u8 *wire, u8 *iv)
{
	__be64 number;
	unsigned int i;
	u64 word;

	switch (sa->iv) {
	case ESPDEV_IV_NONE:
		break;
	case ESPDEV_IV_XOR:
		number = cpu_to_be64(seq) ^ (__force __be64)sa->salt[0];
		memcpy(iv, &number, sizeof(number));
		memcpy(wire, &number, sizeof(number));
		break;
	case ESPDEV_IV_CIPHER:
		for (i = 0; i < sa->iv_len / sizeof(word); i++) {
			word = sa->salt[i] * seq;
			memcpy(iv + i * sizeof(word), &word, sizeof(word));
		}
		memset(wire, 0, sa->iv_len);
		break;
	}
}
