// SPDX-License-Identifier: GPL-2.0-only
/*
 * sitelink_sim: accelerators that are none, for tests and as an example of an
 * engine. Each takes what the SoC after which it is named does, has the
 * kernel's own software do it, and answers later. Faults are in debugfs.
 */
#include <linux/module.h>
#include <linux/slab.h>

#include "sim.h"

static struct sim *sims;

static struct sim *to_sim(struct espdev_engine *engine)
{
	return container_of(engine, struct sim, engine);
}

static struct espdev_tfm *create(struct espdev_engine *engine,
				 const char *driver,
				 const struct espdev_alg *alg,
				 struct netlink_ext_ack *extack)
{
	struct sim *s = to_sim(engine);
	struct crypto_aead *aead;
	struct sim_tfm *t;
	bool hw_aead;
	int err;

	if (driver) {
		NL_SET_ERR_MSG(extack,
			       "engine: a simulated SoC has no drivers to choose from");
		return ERR_PTR(-EOPNOTSUPP);
	}
	if (alg->sync) {
		NL_SET_ERR_MSG(extack,
			       "engine: a simulated SoC never answers at once");
		return ERR_PTR(-EOPNOTSUPP);
	}
	err = sim_takes(s->soc, alg, &hw_aead, extack);
	if (err)
		return ERR_PTR(err);
	aead = crypto_alloc_aead(alg->name, 0, CRYPTO_ALG_ASYNC);
	if (IS_ERR(aead)) {
		NL_SET_ERR_MSG(extack,
			       "engine: the kernel has no software for this algorithm");
		return ERR_PTR(-EOPNOTSUPP);
	}
	err = crypto_aead_setauthsize(aead, alg->icv_len);
	if (!err)
		err = crypto_aead_setkey(aead, alg->key, alg->key_len);
	if (err) {
		NL_SET_ERR_MSG(extack,
			       "engine: the kernel's software refuses this key or ICV");
		err = -EOPNOTSUPP;
		goto err_aead;
	}
	t = kzalloc(sizeof(*t), GFP_KERNEL);
	if (!t) {
		err = -ENOMEM;
		goto err_aead;
	}
	t->aead = aead;
	t->tfm.req_size = sizeof(struct sim_req) + crypto_aead_reqsize(aead);
	/* as drivers that use vector registers, which they may find in use */
	t->tfm.async = !READ_ONCE(s->knobs[SIM_AT_ONCE].value);
	t->tfm.hw_aead = hw_aead;
	sim_count(s, SIM_TRANSFORMS);
	if (!hw_aead)
		sim_count(s, SIM_CIPHER_ONLY);
	return &t->tfm;

err_aead:
	crypto_free_aead(aead);
	return ERR_PTR(err);
}

static void destroy(struct espdev_tfm *tfm)
{
	struct sim_tfm *t = container_of(tfm, struct sim_tfm, tfm);

	crypto_free_aead(t->aead);
	kfree(t);
}

static int capability(struct espdev_engine *engine, unsigned int n,
		      struct espdev_cap *cap)
{
	return sim_capability(to_sim(engine)->soc, n, cap);
}

/**
 * sim_insert() - plug an engine in, in working order
 * @s: engine
 *
 * Context: process, may sleep.
 * Return: 0, or -EEXIST when it is there.
 */
int sim_insert(struct sim *s)
{
	int err = -EEXIST;

	mutex_lock(&s->plug);
	if (!s->present) {
		sim_plug(s);
		err = espdev_engine_register(&s->engine);
		s->present = !err;
		if (err)
			sim_unplug(s);
	}
	mutex_unlock(&s->plug);
	return err;
}

/**
 * sim_remove() - pull an engine out, whatever it is doing
 * @s: engine
 *
 * Context: process, sleeps until espdev has let go of it.
 * Return: 0, or -ENODEV when it is not there.
 */
int sim_remove(struct sim *s)
{
	int err = -ENODEV;

	mutex_lock(&s->plug);
	if (s->present) {
		sim_unplug(s);
		espdev_engine_unregister(&s->engine);
		s->present = false;
		err = 0;
	}
	mutex_unlock(&s->plug);
	return err;
}

static void sim_setup(struct sim *s, const struct sim_soc *soc)
{
	s->soc = soc;
	s->engine.name = soc->engine;
	s->engine.owner = THIS_MODULE;
	s->engine.by_name_only = true;
	s->engine.create = create;
	s->engine.destroy = destroy;
	s->engine.crypt = sim_crypt;
	s->engine.reset = sim_reset;
	s->engine.capability = capability;
	mutex_init(&s->plug);
	sim_queue_setup(s);
}

static void remove_all(void)
{
	unsigned int i;

	for (i = 0; i < sim_soc_num; i++)
		sim_remove(&sims[i]);
	sim_queue_exit();
	kfree(sims);
}

static int __init sim_init(void)
{
	unsigned int i;
	int err;

	sims = kcalloc(sim_soc_num, sizeof(*sims), GFP_KERNEL);
	if (!sims)
		return -ENOMEM;
	err = sim_queue_init();
	if (err) {
		kfree(sims);
		return err;
	}
	for (i = 0; i < sim_soc_num; i++)
		sim_setup(&sims[i], &sim_socs[i]);
	for (i = 0; i < sim_soc_num; i++) {
		err = sim_insert(&sims[i]);
		if (err) {
			remove_all();
			return err;
		}
	}
	sim_debugfs_init();
	for (i = 0; i < sim_soc_num; i++)
		sim_debugfs_add(&sims[i]);
	return 0;
}

static void __exit sim_exit(void)
{
	sim_debugfs_exit();
	remove_all();
}

module_init(sim_init);
module_exit(sim_exit);
MODULE_DESCRIPTION("espdev's simulated engines");
MODULE_LICENSE("GPL");
