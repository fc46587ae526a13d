/*
 * Landlock, by system call: the C library has no functions for it, and the headers of the build machine may be older
 * than the kernel. So its numbers stand here; they never change.
 */
#define _GNU_SOURCE
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446, VERSION_FLAG = 1, PATH_BENEATH = 1 };
enum { READ_FILE = 1 << 2, READ_FOLDER = 1 << 3 };

struct ruleset {
  uint64_t files;
  uint64_t network; /* from version 4 */
  uint64_t scopes;  /* from version 6 */
};

struct path_rule {
  uint64_t allowed;
  int32_t parent;
} __attribute__((packed));

/* Everything that this version of Landlock can refuse. */
static size_t everything(int32_t abi, struct ruleset *ruleset) {
  /* Version 1: execute … make symbolic link. Each later one adds what is named. */
  int files = 13;
  if (abi >= 2) files = 14; /* moving between folders */
  if (abi >= 3) files = 15; /* truncating */
  if (abi >= 5) files = 16; /* device control */
  ruleset->files = (1ull << files) - 1;
  ruleset->network = abi >= 4 ? 3 : 0; /* bind and connect, TCP */
  ruleset->scopes = abi >= 6 ? 3 : 0;  /* abstract sockets and signals */
  return abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
}

/* Lets `path` be read, and what lies below it. What is not there needs no right. */
static int allow(int ruleset, const char *path) {
  int descriptor = open(path, O_PATH | O_CLOEXEC);
  if (descriptor < 0) return errno == ENOENT || errno == ENOTDIR ? 0 : -errno;
  struct stat status;
  int result = fstat(descriptor, &status) == 0 ? 0 : -errno;
  if (!result) {
    struct path_rule rule = {.allowed = READ_FILE, .parent = descriptor};
    if (S_ISDIR(status.st_mode)) rule.allowed |= READ_FOLDER;
    if (syscall(ADD_RULE, ruleset, PATH_BENEATH, &rule, 0) != 0) result = -errno;
  }
  close(descriptor);
  return result;
}

/* The folder of each library that this program itself was loaded with: where the language's own ones lie. */
static int allow_library_folder(struct dl_phdr_info *info, size_t size, void *ruleset) {
  (void)size;
  char folder[4096];
  const char *end = info->dlpi_name ? strrchr(info->dlpi_name, '/') : NULL;
  size_t count = end ? (size_t)(end - info->dlpi_name) : 0;
  if (count == 0 || count >= sizeof folder) return 0;
  memcpy(folder, info->dlpi_name, count);
  folder[count] = 0;
  return allow(*(int *)ruleset, folder);
}

int cf_guard_files(const cf_wishes *wishes, int32_t *abi) {
  long version = syscall(CREATE_RULESET, NULL, 0, VERSION_FLAG);
  *abi = version > 0 ? (int32_t)version : 0;
  if (version <= 0) return version < 0 ? -errno : -ENOSYS;
  struct ruleset attributes = {0};
  size_t size = everything(*abi, &attributes);
  int ruleset = (int)syscall(CREATE_RULESET, &attributes, size, 0);
  if (ruleset < 0) return -errno;
  int result = 0;
  if (wishes->reads_files) {
    const char *system[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache"};
    for (size_t i = 0; !result && i < sizeof system / sizeof system[0]; i++) result = allow(ruleset, system[i]);
    if (!result) result = dl_iterate_phdr(allow_library_folder, &ruleset);
    for (size_t i = 0; !result && i < wishes->path_count; i++) result = allow(ruleset, wishes->paths[i]);
  }
  if (!result && syscall(RESTRICT_SELF, ruleset, 0) != 0) result = -errno;
  close(ruleset);
  return result;
}
