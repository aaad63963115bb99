// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "text.h"
#include "wrap.h"

void wrap_init(struct wrap *w, FILE *out, unsigned int width,
	       unsigned int indent, unsigned int column)
{
	*w = (struct wrap){
		.out = out, .width = width, .indent = indent,
		.column = column, .fresh = true,
	};
}

static void put(struct wrap *w, const char *word, size_t len,
		unsigned int width)
{
	/* a blank before it, and RouterOS' one behind it */
	if (!w->fresh && w->column + 1 + width + 1 > w->width) {
		fprintf(w->out, "\n%*s", (int)w->indent, "");
		w->column = w->indent;
		w->fresh = true;
	}
	fprintf(w->out, "%s%.*s", w->fresh ? "" : " ", (int)len, word);
	w->column += width + !w->fresh;
	w->fresh = false;
}

void wrap_word(struct wrap *w, const char *word)
{
	put(w, word, strlen(word), text_width(word));
}

void wrap_text(struct wrap *w, const char *text)
{
	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		size_t len = strcspn(text, " ");

		put(w, text, len, len);
		text += len;
	}
}

void wrap_end(struct wrap *w)
{
	putc('\n', w->out);
}
