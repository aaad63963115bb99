// SPDX-License-Identifier: GPL-2.0-only
/*
 * The engine "cryptoapi": any driver of the kernel's crypto API, the best one
 * or, as cryptoapi:DRIVER, the one of that name.
 */
#include <crypto/aead.h>
#include <linux/bitmap.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "engine.h"

struct cryptoapi_tfm {
	struct espdev_tfm tfm;
	struct crypto_aead *aead;
};

static struct cryptoapi_tfm *to_cryptoapi(struct espdev_tfm *tfm)
{
	return container_of(tfm, struct cryptoapi_tfm, tfm);
}

/*
 * Some drivers are asynchronous only where vector registers cannot be used;
 * these answer at once where espdev calls them from, unless a template around
 * them hands them over to others.
 */
static bool is_simd(struct crypto_aead *aead)
{
	const struct crypto_alg *alg = crypto_aead_tfm(aead)->__crt_alg;
	const char *name = alg->cra_driver_name;

	if (!(alg->cra_flags & CRYPTO_ALG_ASYNC))
		return true;
	return strstr(name, "aesni") && !strstr(name, "pcrypt(") &&
	       !strstr(name, "cryptd(");
}

/*
 * One driver does cipher and hash, an accelerator's or with instructions of the
 * CPU; what the crypto API has put together from several is no such AEAD,
 * whatever its parts are.
 */
static bool is_hw_aead(struct crypto_aead *aead)
{
	return !(crypto_aead_alg(aead)->base.cra_flags & CRYPTO_ALG_INSTANCE);
}

static struct espdev_tfm *cryptoapi_create(struct espdev_engine *engine,
					   const char *driver,
					   const struct espdev_alg *alg,
					   struct netlink_ext_ack *extack)
{
	struct cryptoapi_tfm *c;
	struct crypto_aead *aead;
	int err;

	aead = crypto_alloc_aead(driver ?: alg->name, 0, 0);
	if (!IS_ERR(aead) && alg->sync && !is_simd(aead)) {
		crypto_free_aead(aead);
		driver = NULL;
		aead = crypto_alloc_aead(alg->name, 0, CRYPTO_ALG_ASYNC);
	}
	if (IS_ERR(aead))
		return ERR_PTR(-EOPNOTSUPP);
	/* a driver of another algorithm would make something else of the key */
	if (driver && strcmp(crypto_tfm_alg_name(crypto_aead_tfm(aead)),
			     alg->name)) {
		err = -EOPNOTSUPP;
		goto err_aead;
	}
	err = crypto_aead_setauthsize(aead, alg->icv_len);
	if (!err)
		err = crypto_aead_setkey(aead, alg->key, alg->key_len);
	if (err) {
		err = -EOPNOTSUPP;
		goto err_aead;
	}
	c = kzalloc(sizeof(*c), GFP_KERNEL);
	if (!c) {
		err = -ENOMEM;
		goto err_aead;
	}
	c->aead = aead;
	c->tfm.req_size = sizeof(struct aead_request) +
			  crypto_aead_reqsize(aead);
	c->tfm.async = !is_simd(aead);
	c->tfm.hw_aead = is_hw_aead(aead);
	return &c->tfm;

err_aead:
	crypto_free_aead(aead);
	return ERR_PTR(err);
}

static void cryptoapi_destroy(struct espdev_tfm *tfm)
{
	struct cryptoapi_tfm *c = to_cryptoapi(tfm);

	crypto_free_aead(c->aead);
	kfree(c);
}

SITELINK_CRYPTO_DONE(cryptoapi_done)
{
	/* out of the driver's backlog and into its queue */
	if (err != -EINPROGRESS)
		espdev_complete(sitelink_crypto_ctx(data), err);
}

static int cryptoapi_crypt(struct espdev_tfm *tfm, struct espdev_req *req,
			   bool encrypt)
{
	struct aead_request *areq = (void *)req->ctx;
	int err;

	aead_request_set_tfm(areq, to_cryptoapi(tfm)->aead);
	aead_request_set_callback(areq, CRYPTO_TFM_REQ_MAY_BACKLOG,
				  cryptoapi_done, req);
	aead_request_set_crypt(areq, req->sg, req->sg, req->crypt_len, req->iv);
	aead_request_set_ad(areq, req->assoc_len);
	err = encrypt ? crypto_aead_encrypt(areq) : crypto_aead_decrypt(areq);
	return err == -EBUSY ? -EINPROGRESS : err;
}

/* What IKE daemons ask for; others work as well. */
static const char *const hashes[] = {
	"md5", "sha1", "sha256", "sha384", "sha512",
};

static const char *const ciphers[] = {
	"cbc(aes)", "cbc(des3_ede)", "cbc(camellia)", "rfc3686(ctr(aes))",
	"ecb(cipher_null)",
};

#define N_HASHES	ARRAY_SIZE(hashes)
#define N_AUTHENC	(N_HASHES * ARRAY_SIZE(ciphers))
static char authenc[N_AUTHENC][CRYPTO_MAX_ALG_NAME];

static const char *const aeads[] = {
	"rfc4106(gcm(aes))",
	"rfc4309(ccm(aes))",
	"rfc4543(gcm(aes))",
	"rfc7539esp(chacha20,poly1305)",
};

#define N_ALGS		(ARRAY_SIZE(aeads) + N_AUTHENC)

static const char *alg_name(unsigned int n)
{
	return n < ARRAY_SIZE(aeads) ? aeads[n] :
				       authenc[n - ARRAY_SIZE(aeads)];
}

static void __init init_names(void)
{
	int n;

	for (n = 0; n < N_AUTHENC; n++)
		snprintf(authenc[n], sizeof(authenc[n]), "authenc(hmac(%s),%s)",
			 hashes[n % N_HASHES], ciphers[n / N_HASHES]);
}

/* With extended sequence numbers authenc is another algorithm. */
static bool has_esn(const char *alg, u32 mask)
{
	size_t len = strlen("authenc");
	char name[CRYPTO_MAX_ALG_NAME];

	if (strncmp(alg, "authenc", len))
		return true;
	snprintf(name, sizeof(name), "authencesn%s", alg + len);
	return crypto_has_alg(name, CRYPTO_ALG_TYPE_AEAD,
			      CRYPTO_ALG_TYPE_MASK | mask);
}

/*
 * Anybody may ask. Only the first one has modules loaded; what has come since
 * is found without, and an SA loads what it needs.
 */
static int cryptoapi_capability(struct espdev_engine *engine, unsigned int n,
				struct espdev_cap *cap)
{
	static DECLARE_BITMAP(asked, N_ALGS);
	struct crypto_aead *aead;
	u32 mask;

	if (n >= N_ALGS)
		return -ENOENT;
	mask = test_bit(n, asked) ? CRYPTO_NOLOAD : 0;
	aead = crypto_alloc_aead(alg_name(n), 0, mask);
	if (!IS_ERR(aead)) {
		cap->alg = alg_name(n);
		cap->esn = has_esn(cap->alg, mask);
		cap->async = !is_simd(aead);
		strscpy(cap->driver,
			crypto_tfm_alg_driver_name(crypto_aead_tfm(aead)),
			sizeof(cap->driver));
		crypto_free_aead(aead);
	}
	set_bit(n, asked);
	return IS_ERR(aead) ? -EOPNOTSUPP : 0;
}

static struct espdev_engine cryptoapi = {
	.name = "cryptoapi",
	.owner = THIS_MODULE,
	.create = cryptoapi_create,
	.destroy = cryptoapi_destroy,
	.crypt = cryptoapi_crypt,
	.capability = cryptoapi_capability,
};

static int __init cryptoapi_init(void)
{
	init_names();
	return espdev_engine_register(&cryptoapi);
}

static void __exit cryptoapi_exit(void)
{
	espdev_engine_unregister(&cryptoapi);
}

module_init(cryptoapi_init);
module_exit(cryptoapi_exit);
MODULE_DESCRIPTION("espdev's engine for the kernel's crypto API");
MODULE_LICENSE("GPL");
