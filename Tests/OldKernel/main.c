/*
 * Runs concord-worker as a kernel would that lacks something. Started under the name `no-landlock`, `no-seccomp` or
 * `neither`, it makes those calls answer as if they did not exist, and becomes the worker beside it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static int hide(scmp_filter_ctx filter, const char *name) {
  int result = 0;
  if (strcmp(name, "no-seccomp") != 0) {
    for (int call = 444; call <= 446; call++) result |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0);
  }
  if (strcmp(name, "no-landlock") != 0) {
    result |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(seccomp), 0);
    result |= seccomp_rule_add(
        filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
  }
  return result;
}

int main(int count, char **arguments) {
  char path[4096] = {0};
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 32);
  char *end = length > 0 ? strrchr(path, '/') : NULL;
  const char *name = count > 0 ? strrchr(arguments[0], '/') : NULL;
  if (!end || !name) return 2;
  strcpy(end, "/concord-worker");
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter || hide(filter, name + 1) != 0 || seccomp_load(filter) != 0) return 2;
  execv(path, arguments);
  return 2;
}
