// SPDX-License-Identifier: GPL-2.0-only
/*
 * Jobs: a packet and the engine's request for it.
 */
#include <linux/slab.h>
#include <linux/unaligned.h>
#include <net/esp.h>

#include "espdev.h"

/**
 * espdev_job_new() - a job for a packet
 * @sa: SA, a reference of which goes over to the job
 * @skb: packet, which goes over to it, too
 * @tfm: transform, as well; or NULL, when there is nothing to do
 *
 * Context: any.
 * Return: the job; NULL when there is no memory, then all stay the caller's.
 */
struct espdev_job *espdev_job_new(struct espdev_sa *sa, struct sk_buff *skb,
				  struct espdev_tfm *tfm)
{
	struct espdev_job *job;

	job = kmalloc(sizeof(*job) + (tfm ? tfm->req_size : 0), GFP_ATOMIC);
	if (unlikely(!job))
		return NULL;
	job->sa = sa;
	job->tfm = tfm;
	job->skb = skb;
	job->err = 0;
	job->state = ESPDEV_NEW;
	return job;
}

/**
 * espdev_job_free() - end a job; its packet has gone its way
 * @job: job, in no list
 *
 * Context: any but hard interrupts.
 */
void espdev_job_free(struct espdev_job *job)
{
	espdev_sa_put(job->sa);
	if (job->tfm)
		espdev_tfm_put(job->tfm);
	kfree(job);
}

/**
 * espdev_job_drop() - end a job that was abandoned, with its packet
 * @job: job that its engine has no longer; its SA was let go of before
 *
 * Context: any but hard interrupts.
 */
void espdev_job_drop(struct espdev_job *job)
{
	kfree_skb(job->skb);
	espdev_tfm_put(job->tfm);
	kfree(job);
}

/*
 * The engine writes into the packet. What the stack has encapsulated is linear
 * or has the trailer in a fragment of its own; other fragments may be
 * somebody's file.
 */
static int own(struct sk_buff *skb, bool inbound)
{
	if (likely(!skb_cloned(skb))) {
		if (!skb_is_nonlinear(skb))
			return 0;
		if (!skb_has_frag_list(skb) &&
		    (inbound ? !skb_has_shared_frag(skb) &&
			       skb_shinfo(skb)->nr_frags < ESPDEV_SG_MAX - 1 :
			       skb_shinfo(skb)->nr_frags == 1))
			return 0;
	}
	return skb_linearize_cow(skb);
}

/* Make the engine's request. */
static int fill(struct espdev_job *job, unsigned int off, u64 seq)
{
	const struct espdev_sa *sa = job->sa;
	const unsigned int hlen = sizeof(struct ip_esp_hdr);
	struct espdev_req *req = &job->req;
	struct scatterlist *sg = job->sg;
	struct sk_buff *skb = job->skb;
	unsigned int len, assoc_iv;
	u8 *esph, *iv;
	int err;

	err = own(skb, sa->inbound);
	if (unlikely(err))
		return err;
	esph = skb->data + off;
	iv = esph + hlen;
	len = skb->len - off - hlen - sa->iv_len;
	assoc_iv = sa->iv_len;
	if (sa->inbound) {
		memcpy(job->iv, iv, sa->iv_len);
	} else {
		espdev_iv(sa, seq, iv, job->iv);
		len -= sa->icv_len;
		/* zeros that become the IV are text */
		if (sa->iv == ESPDEV_IV_CIPHER) {
			assoc_iv = 0;
			len += sa->iv_len;
		}
	}
	req->sg = sg;
	req->iv = job->iv;
	req->crypt_len = len;
	req->assoc_len = hlen + assoc_iv;
	if (likely(!sa->esn && !skb_is_nonlinear(skb))) {
		sg_init_one(sg, esph, skb->len - off);
		return 0;
	}
	sg_init_table(sg, ESPDEV_SG_MAX);
	if (sa->esn) {
		/* RFC 4303, section 2.2.1: the high half is in no packet */
		memcpy(job->aad, esph, 4);
		put_unaligned_be32(seq >> 32, job->aad + 4);
		memcpy(job->aad + 8, esph + 4, 4 + assoc_iv);
		req->assoc_len += 4;
		sg_set_buf(sg++, job->aad, req->assoc_len);
		off += hlen + assoc_iv;
	}
	err = skb_to_sgvec(skb, sg, off, skb->len - off);
	return err < 0 ? err : 0;
}

/**
 * espdev_job_crypt() - a job for a packet that an engine shall do
 * @sa: SA, a reference of which goes over to the job
 * @skb: packet, which goes over to it, too; its ESP header and IV linear
 * @off: of the ESP header from skb->data
 * @seq: sequence number, 64 bits
 *
 * Context: RCU read side.
 * Return: the job; -ENODEV when the SA has no engine, -ENOMEM: then both stay
 * the caller's, and the drop is counted.
 */
struct espdev_job *espdev_job_crypt(struct espdev_sa *sa, struct sk_buff *skb,
				    unsigned int off, u64 seq)
{
	struct espdev_tfm *tfm = espdev_tfm_get(sa);
	struct espdev_job *job;

	if (unlikely(!tfm))
		return ERR_PTR(-ENODEV);
	job = espdev_job_new(sa, skb, tfm);
	if (unlikely(!job))
		goto nomem;
	if (unlikely(fill(job, off, seq)))
		goto nomem;
	return job;

nomem:
	kfree(job);
	espdev_tfm_put(tfm);
	return ERR_PTR(-ENOMEM);
}
