#define _GNU_SOURCE
#include "parent_watch.h"

#include <sys/syscall.h>
#include <unistd.h>

int concord_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
