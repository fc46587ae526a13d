#ifndef CONCORD_DIGEST_H
#define CONCORD_DIGEST_H
#include <sha2.h>
#include <stdint.h>
#include <stddef.h>

/* SHA-256 of `count` bytes as 64 lower-case hexadecimal digits and a NUL in `out`. */
static inline void concord_sha256_hex(const uint8_t *bytes, size_t count, char out[65]) {
  SHA256Data(bytes, count, out);
}
#endif
