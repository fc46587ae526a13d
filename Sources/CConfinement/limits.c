#define _GNU_SOURCE
#include "parts.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HAS_SANITIZER 1
#endif

/* Sets soft and hard limit, never above the hard one there is. */
static int limit(__rlimit_resource_t resource, uint64_t value) {
  struct rlimit both;
  if (getrlimit(resource, &both) != 0) return -errno;
  if (value > both.rlim_max) value = both.rlim_max;
  both.rlim_cur = both.rlim_max = value;
  return setrlimit(resource, &both) == 0 ? 0 : -errno;
}

int cf_give_up_rights(const cf_wishes *wishes) {
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return -errno;
  /* The host may have died before the line above. */
  if (getppid() != wishes->host) _exit(0);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return -errno;
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return -errno;
  int result = limit(RLIMIT_CORE, 0);
  if (result) return result;
  if (close_range((unsigned)wishes->first_closed, ~0u, 0) != 0 && errno != ENOSYS) return -errno;
  return 0;
}

int cf_limit(const cf_wishes *wishes) {
  int result = limit(RLIMIT_FSIZE, wishes->file_bytes);
  if (!result) result = limit(RLIMIT_NOFILE, 64);
  if (!result) result = limit(RLIMIT_CPU, wishes->processor_seconds);
  return result;
}

int cf_limit_memory(const cf_wishes *wishes) {
#ifdef HAS_SANITIZER
  (void)wishes;
  return -ENOTSUP;
#else
  int result = limit(RLIMIT_DATA, wishes->memory);
  /* Besides memory of its own: libraries, batches and vocabularies, which are mapped and not its own. */
  return result ? result : limit(RLIMIT_AS, wishes->memory + (1ull << 30));
#endif
}
