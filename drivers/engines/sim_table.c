// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which SoC does what: the table "Hardware acceleration" of RouterOS' manual.
 */
#include <crypto/authenc.h>
#include <crypto/ctr.h>
#include <linux/kernel.h>
#include <linux/string.h>

#include "sim.h"

/*
 * -  no
 * +  yes, yes**
 * k  yes*: keys of 128 and 256 bits only
 * h  yes***: the cipher; the hash is software's
 * 3  yes****: 3DES, and not DES
 *
 * Each cell stands for MD5, SHA1, SHA256, SHA512.
 */
const struct sim_soc sim_socs[] = {
	/*			  DES, 3DES  CBC     CTR     GCM */
	{ "sim-88F7040",	{ "-+++",  "-+++",  "-+++", "-+++" } },
	{ "sim-AL21400",	{ "++++",  "++++",  "++++", "++++" } },
	{ "sim-AL32400",	{ "++++",  "++++",  "++++", "++++" } },
	{ "sim-AL52400",	{ "++++",  "++++",  "++++", "++++" } },
	{ "sim-AL73400",	{ "++++",  "++++",  "++++", "++++" } },
	{ "sim-IPQ-4018",	{ "-++-",  "-kk-",  "-kk-", "----" } },
	{ "sim-IPQ-4019",	{ "-++-",  "-kk-",  "-kk-", "----" } },
	{ "sim-IPQ-5018",	{ "+++-",  "+++-",  "+++-", "----" } },
	{ "sim-IPQ-6010",	{ "----",  "-+++",  "-+++", "-+++" } },
	{ "sim-IPQ-8064",	{ "-++-",  "-kk-",  "-kk-", "----" } },
	{ "sim-IPQ-8072",	{ "----",  "-+++",  "-+++", "-+++" } },
	{ "sim-MT7621A",	{ "333-",  "+++-",  "----", "----" } },
	{ "sim-EN7562CT",	{ "333-",  "+++-",  "+++-", "----" } },
	{ "sim-P1023NSN5CFB",	{ "----",  "++++",  "----", "----" } },
	{ "sim-P202ASSE2KFB",	{ "+++-",  "+++-",  "----", "----" } },
	{ "sim-PPC460GT",	{ "----",  "hhhh",  "hhhh", "----" } },
	{ "sim-TLR4",		{ "+++-",  "+++-",  "+++-", "----" } },
	{ "sim-x86",		{ "----",  "hhhh",  "hhhh", "hhhh" } },
};

const unsigned int sim_soc_num = ARRAY_SIZE(sim_socs);

enum sim_hash {
	SIM_MD5,
	SIM_SHA1,
	SIM_SHA256,
	SIM_SHA512,
	SIM_ANY_HASH
};

struct sim_alg {
	const char *name;
	enum sim_cipher cipher;
	enum sim_hash hash;
	u8 nonce;		/* octets of the cipher's key that are none */
	bool single_des;
};

static const struct sim_alg algs[] = {
	{ "authenc(hmac(md5),cbc(des))", SIM_DES, SIM_MD5, 0, true },
	{ "authenc(hmac(sha1),cbc(des))", SIM_DES, SIM_SHA1, 0, true },
	{ "authenc(hmac(sha256),cbc(des))", SIM_DES, SIM_SHA256, 0, true },
	{ "authenc(hmac(sha512),cbc(des))", SIM_DES, SIM_SHA512, 0, true },
	{ "authenc(hmac(md5),cbc(des3_ede))", SIM_DES, SIM_MD5 },
	{ "authenc(hmac(sha1),cbc(des3_ede))", SIM_DES, SIM_SHA1 },
	{ "authenc(hmac(sha256),cbc(des3_ede))", SIM_DES, SIM_SHA256 },
	{ "authenc(hmac(sha512),cbc(des3_ede))", SIM_DES, SIM_SHA512 },
	{ "authenc(hmac(md5),cbc(aes))", SIM_CBC, SIM_MD5 },
	{ "authenc(hmac(sha1),cbc(aes))", SIM_CBC, SIM_SHA1 },
	{ "authenc(hmac(sha256),cbc(aes))", SIM_CBC, SIM_SHA256 },
	{ "authenc(hmac(sha512),cbc(aes))", SIM_CBC, SIM_SHA512 },
	{ "authenc(hmac(md5),rfc3686(ctr(aes)))", SIM_CTR, SIM_MD5,
	  CTR_RFC3686_NONCE_SIZE },
	{ "authenc(hmac(sha1),rfc3686(ctr(aes)))", SIM_CTR, SIM_SHA1,
	  CTR_RFC3686_NONCE_SIZE },
	{ "authenc(hmac(sha256),rfc3686(ctr(aes)))", SIM_CTR, SIM_SHA256,
	  CTR_RFC3686_NONCE_SIZE },
	{ "authenc(hmac(sha512),rfc3686(ctr(aes)))", SIM_CTR, SIM_SHA512,
	  CTR_RFC3686_NONCE_SIZE },
	/* has no hash beside it: any yes of the row is one */
	{ "rfc4106(gcm(aes))", SIM_GCM, SIM_ANY_HASH, 4 },
};

static char cell(const struct sim_soc *soc, const struct sim_alg *a)
{
	const char *cells = soc->cells[a->cipher];
	char c = a->hash == SIM_ANY_HASH ? cells[strspn(cells, "-")] :
					   cells[a->hash];

	return !c || (c == '3' && a->single_des) ? '-' : c;
}

static const struct sim_alg *find(const char *name)
{
	size_t esn = str_has_prefix(name, "authencesn(");
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		size_t plain = str_has_prefix(algs[i].name, "authenc(");

		if (!strcmp(name, algs[i].name) ||
		    (esn && plain && !strcmp(name + esn, algs[i].name + plain)))
			return &algs[i];
	}
	return NULL;
}

/* Of the cipher, without the hash's key and a nonce. */
static unsigned int key_bits(const struct sim_alg *a,
			     const struct espdev_alg *alg)
{
	unsigned int len = alg->key_len;
	struct crypto_authenc_keys keys;

	if (a->hash != SIM_ANY_HASH) {
		if (crypto_authenc_extractkeys(&keys, alg->key, len))
			return 0;
		len = keys.enckeylen;
	}
	return len > a->nonce ? (len - a->nonce) * BITS_PER_BYTE : 0;
}

/**
 * sim_takes() - does a SoC accelerate that
 * @soc: row of the table
 * @alg: algorithm and key
 * @hw_aead: filled in: the hash, too
 * @extack: says why not
 *
 * Return: 0 or -EOPNOTSUPP.
 */
int sim_takes(const struct sim_soc *soc, const struct espdev_alg *alg,
	      bool *hw_aead, struct netlink_ext_ack *extack)
{
	const struct sim_alg *a = find(alg->name);
	unsigned int bits;
	char c;

	if (!a) {
		NL_SET_ERR_MSG(extack,
			       "engine: no SoC of the table accelerates this algorithm");
		return -EOPNOTSUPP;
	}
	c = cell(soc, a);
	if (c == '-') {
		NL_SET_ERR_MSG(extack,
			       "engine: this SoC does not accelerate this cipher with this hash");
		return -EOPNOTSUPP;
	}
	bits = key_bits(a, alg);
	if (c == 'k' && bits != 128 && bits != 256) {
		NL_SET_ERR_MSG(extack,
			       "engine: this SoC takes keys of 128 and 256 bits only");
		return -EOPNOTSUPP;
	}
	*hw_aead = c != 'h';
	return 0;
}

/**
 * sim_capability() - the n-th of what a SoC accelerates
 * @soc: row of the table
 * @n: from 0
 * @cap: filled in
 *
 * Return: 0, or -ENOENT behind the last.
 */
int sim_capability(const struct sim_soc *soc, unsigned int n,
		   struct espdev_cap *cap)
{
	unsigned int i, sizes;
	char c;

	for (i = 0; i < ARRAY_SIZE(algs); i++) {
		c = cell(soc, &algs[i]);
		if (c == '-')
			continue;
		sizes = c == 'k' ? 2 : 1;
		if (n >= sizes) {
			n -= sizes;
			continue;
		}
		*cap = (struct espdev_cap) {
			.alg = algs[i].name,
			.key_bits = c != 'k' ? 0 : n ? 256 : 128,
			.esn = true,
			.async = true,
		};
		return 0;
	}
	return -ENOENT;
}
