#ifndef CONCORD_CUTF8PROC_SHIM_H
#define CONCORD_CUTF8PROC_SHIM_H

#include <utf8proc.h>

/* The letter behind all its spellings of width, case and composition, taken apart: at most `capacity` scalars are
   written, and the number there would be is returned; below zero for what is no scalar. */
static inline long concord_fold_scalar(int scalar, int *out, long capacity) {
  int boundary = 0;
  return (long)utf8proc_decompose_char(scalar, out, capacity,
                                       UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE,
                                       &boundary);
}

/* The scalar taken apart, and nothing else changed; as above. */
static inline long concord_decompose_scalar(int scalar, int *out, long capacity) {
  int boundary = 0;
  return (long)utf8proc_decompose_char(scalar, out, capacity, UTF8PROC_DECOMPOSE, &boundary);
}

/* Puts what was taken apart, and stands in order, together again in place; returns how many scalars are left. */
static inline long concord_compose_scalars(int *scalars, long count) {
  return (long)utf8proc_normalize_utf32(scalars, count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
}

#endif
