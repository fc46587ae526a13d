#ifndef CONCORD_LEAST_HASHES_H
#define CONCORD_LEAST_HASHES_H

#include <stddef.h>
#include <stdint.h>

/* How many hashes there are. */
enum { CONCORD_LEAST_HASHES = 128 };

/* The least over all values of each hash `multiplier * value + summand`, modulo 2^32; 2^32 - 1 where there are no values.
   In C, because so it can be had twice: for processors that multiply eight numbers at once, where it takes a tenth of the time, and
   for all others. Nothing of what is handed over is kept. */
void concord_least_hashes(
    const uint32_t *values, size_t count, const uint32_t *multipliers, const uint32_t *summands, uint32_t *least);

#endif
