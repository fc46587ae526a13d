#ifndef CONCORD_ZLIB_H
#define CONCORD_ZLIB_H
#include <zlib.h>

/* What zlib has as macros. 15 bits of window, and 16 for gzip's own frame around the data. */
static inline int concord_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
static inline int concord_deflate_init(z_stream *stream) {
  return deflateInit2(stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
#endif
