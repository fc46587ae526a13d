#ifndef CONCORD_CUTF8PROC_SHIM_H
#define CONCORD_CUTF8PROC_SHIM_H

#include <stdlib.h>
#include <utf8proc.h>

/* The letter behind all its spellings of width, case and composition, taken apart: at most `capacity` scalars are
   written, and the number there would be is returned; below zero for what is no scalar. */
static inline long concord_fold_scalar(int scalar, int *out, long capacity) {
  int boundary = 0;
  return (long)utf8proc_decompose_char(scalar, out, capacity,
                                       UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                                       &boundary);
}

/* The text with every letter and its marks put together (NFC), in memory that is the caller's to free; its length is
   returned, below zero for what is no UTF-8. */
static inline long concord_compose(const unsigned char *text, long count, unsigned char **out) {
  *out = NULL;
  return (long)utf8proc_map(text, count, out, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

#endif
