// SPDX-License-Identifier: GPL-2.0-only
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "conn_cert.h"

#define CRT		".crt"
#define KEY		".key"
#define FILE_MAX	(64 << 10)	/* of a value of VICI */

/**
 * struct file - what a file has
 * @data: NULL: it could not be read
 * @len: of @data
 * @path: of the file
 */
struct file {
	char *data;
	size_t len;
	const char *path;
};

static struct file read_file(struct arena *a, const char *name,
			     const char *suffix)
{
	struct file f = {
		.path = buffer_format(a, CERT_DIR "/%s%s", name, suffix),
	};
	char *data = arena_alloc(a, FILE_MAX);
	int fd = open(f.path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return f;
	while ((n = read(fd, data + f.len, FILE_MAX - f.len)) > 0)
		f.len += n;
	if (!n && f.len < FILE_MAX)
		f.data = data;
	else if (!n)
		errno = EFBIG;
	close(fd);
	return f;
}

/* PEM or DER; NULL: neither. */
static X509 *parse_cert(const struct file *f)
{
	const unsigned char *der = (const unsigned char *)f->data;
	BIO *bio = BIO_new_mem_buf(f->data, f->len);
	X509 *x = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;

	BIO_free(bio);
	if (!x)
		x = d2i_X509(NULL, &der, f->len);
	ERR_clear_error();
	return x;
}

static json_object *value_of(const struct file *f)
{
	return json_object_new_string_len(f->data, f->len);
}

/* A file of the store, or a mistake at the property that names it. */
static bool take(struct conn *conn, const char *prop, const char *suffix,
		 struct file *f)
{
	const char *name = item_get(conn->identity, prop);

	if (strchr(name, '/') || *name == '.') {
		item_error(conn->config, conn->identity, prop,
			   "%s=%s: a name of a file in " CERT_DIR " is expected",
			   prop, name);
		return false;
	}
	*f = read_file(conn->ap->arena, name, suffix);
	if (f->data)
		return true;
	item_error(conn->config, conn->identity, prop, "%s=%s: %s: %s", prop,
		   name, f->path, strerror(errno));
	return false;
}

static X509 *take_cert(struct conn *conn, const char *prop, struct file *f)
{
	X509 *x;

	if (!take(conn, prop, CRT, f))
		return NULL;
	x = parse_cert(f);
	if (!x)
		item_error(conn->config, conn->identity, prop,
			   "%s=%s: %s: no certificate, neither PEM nor DER",
			   prop, item_get(conn->identity, prop), f->path);
	return x;
}

/* One that is an authority's, by its basic constraints; others are passed over. */
static void put_authority(struct conn *conn, const char *name)
{
	struct file f = read_file(conn->ap->arena, name, "");
	X509 *x = f.data ? parse_cert(&f) : NULL;

	if (x && X509_check_ca(x)) {
		json_object *message = json_object_new_object();

		conn_put(message, "type", "X509");
		conn_put(message, "flag", "CA");
		json_object_object_add(message, "data", value_of(&f));
		conn_put_part(conn, "cert", name, message);
	}
	X509_free(x);
}

static void put_authorities(struct conn *conn)
{
	DIR *dir = opendir(CERT_DIR);
	const struct dirent *e;

	while (dir && (e = readdir(dir))) {
		size_t len = strlen(e->d_name);

		if (len > strlen(CRT) && *e->d_name != '.' &&
		    !strcmp(e->d_name + len - strlen(CRT), CRT))
			put_authority(conn, e->d_name);
	}
	if (dir)
		closedir(dir);
}

static const char *address_text(struct arena *a, const char *octets, int len)
{
	char buf[INET6_ADDRSTRLEN];

	if ((len != 4 && len != 16) ||
	    !inet_ntop(len == 4 ? AF_INET : AF_INET6, octets, buf, sizeof(buf)))
		return NULL;
	return arena_strndup(a, buf, strlen(buf));
}

static const char *name_text(struct arena *a, const GENERAL_NAME *name)
{
	const ASN1_STRING *s = name->d.ia5;
	int len = ASN1_STRING_length(s);
	const char *text = (const char *)ASN1_STRING_get0_data(s);

	if (name->type == GEN_IPADD)
		return address_text(a, text, len);
	if (memchr(text, 0, len))
		return NULL;
	if (name->type == GEN_DNS)
		return buffer_format(a, "fqdn:%.*s", len, text);
	if (name->type == GEN_EMAIL)
		return buffer_format(a, "userfqdn:%.*s", len, text);
	return NULL;
}

/* The first alternative name that can be one's own; NULL: none. */
static const char *alternative(struct arena *a, X509 *x)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL,
						NULL);
	const char *text = NULL;
	int i;

	for (i = 0; !text && i < sk_GENERAL_NAME_num(names); i++) {
		const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);

		if (name->type == GEN_DNS || name->type == GEN_EMAIL ||
		    name->type == GEN_IPADD)
			text = name_text(a, name);
	}
	GENERAL_NAMES_free(names);
	return text;
}

static void put_list(json_object *end, const struct file *f)
{
	json_object *list = json_object_new_array();

	json_object_array_add(list, value_of(f));
	json_object_object_add(end, "certs", list);
}

static void put_own(struct conn *conn, json_object *local, const char **id)
{
	struct file cert, key;
	json_object *message;
	X509 *x;

	x = take_cert(conn, "certificate", &cert);
	if (!x)
		return;
	put_list(local, &cert);
	if (!*id)
		*id = alternative(conn->ap->arena, x);
	X509_free(x);
	if (!take(conn, "certificate", KEY, &key))
		return;
	message = json_object_new_object();
	conn_put(message, "type", "any");
	json_object_object_add(message, "data", value_of(&key));
	conn_put_part(conn, "key", item_get(conn->identity, "certificate"), message);
}

static void put_remote(struct conn *conn, json_object *remote)
{
	struct file cert;
	X509 *x = take_cert(conn, "remote-certificate", &cert);

	if (x)
		put_list(remote, &cert);
	X509_free(x);
}

static bool is_named(const struct conn *conn, const char *prop)
{
	const char *name = item_get(conn->identity, prop);

	return name && *name && strcmp(name, "none");
}

void conn_certificates(struct conn *conn, json_object *local,
		       json_object *remote, const char **id)
{
	if (is_named(conn, "certificate"))
		put_own(conn, local, id);
	else
		item_error(conn->config, conn->identity, "auth-method",
			   "auth-method=%s needs certificate=NAME, and %s/NAME.crt and NAME.key",
			   item_get(conn->identity, "auth-method"), CERT_DIR);
	if (is_named(conn, "remote-certificate"))
		put_remote(conn, remote);
	put_authorities(conn);
}
