#include "least_hashes.h"

/* So many at a time stay where the processor has them at hand. */
enum { LANE = 32 };

/* Which of the two is chosen while a program is loaded, before the watch over its threads is ready to be called. */
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define ONE_FOR_ALL
#endif
#endif

#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(ONE_FOR_ALL)
__attribute__((target_clones("avx2", "default")))
#endif
void concord_least_hashes(
    const uint32_t *values, size_t count, const uint32_t *multipliers, const uint32_t *summands, uint32_t *least) {
  for (size_t lane = 0; lane < CONCORD_LEAST_HASHES; lane += LANE) {
    uint32_t own[LANE];
    for (size_t i = 0; i < LANE; i++) own[i] = UINT32_MAX;
    for (size_t at = 0; at < count; at++) {
      for (size_t i = 0; i < LANE; i++) {
        uint32_t hash = multipliers[lane + i] * values[at] + summands[lane + i];
        own[i] = hash < own[i] ? hash : own[i];
      }
    }
    for (size_t i = 0; i < LANE; i++) least[lane + i] = own[i];
  }
}
