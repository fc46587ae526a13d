/*
 * seccomp, through libseccomp: a list of what computing needs. What is not on it is refused, also what nobody has
 * thought of (io_uring, user namespaces, keys).
 */
#define _GNU_SOURCE
#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/prctl.h>
#include <sched.h>
#include <seccomp.h>
#include <unistd.h>

#ifndef PR_SET_VMA
#define PR_SET_VMA 0x53564d41
#endif
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* For all workers: memory, time, reading what is open, answering, waiting, ending, signals within the process. */
static const int computing[] = {
    SCMP_SYS(arch_prctl), SCMP_SYS(brk), SCMP_SYS(clock_getres), SCMP_SYS(clock_gettime), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(close), SCMP_SYS(close_range), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(exit),
    SCMP_SYS(exit_group), SCMP_SYS(fadvise64), SCMP_SYS(fstat), SCMP_SYS(fstatfs), SCMP_SYS(futex),
    SCMP_SYS(futex_waitv), SCMP_SYS(get_robust_list), SCMP_SYS(getcpu), SCMP_SYS(getegid), SCMP_SYS(geteuid),
    SCMP_SYS(getgid), SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(getrandom), SCMP_SYS(getrlimit),
    SCMP_SYS(getrusage), SCMP_SYS(gettid), SCMP_SYS(gettimeofday), SCMP_SYS(getuid), SCMP_SYS(lseek),
    SCMP_SYS(madvise), SCMP_SYS(membarrier), SCMP_SYS(mmap), SCMP_SYS(mprotect), SCMP_SYS(mremap), SCMP_SYS(munmap),
    SCMP_SYS(nanosleep), SCMP_SYS(pause), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(pread64), SCMP_SYS(preadv),
    SCMP_SYS(pselect6), SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(restart_syscall), SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigpending), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigsuspend), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_yield),
    SCMP_SYS(select), SCMP_SYS(set_robust_list), SCMP_SYS(set_tid_address), SCMP_SYS(sigaltstack), SCMP_SYS(sysinfo),
    SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(uname), SCMP_SYS(write), SCMP_SYS(writev)};

/* For plugins: finding and loading libraries, reading resources (Landlock says which), threads and their queues. */
static const int loading[] = {
    SCMP_SYS(access), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_pwait), SCMP_SYS(epoll_pwait2),
    SCMP_SYS(epoll_wait), SCMP_SYS(eventfd2), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(getcwd),
    SCMP_SYS(getdents64), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(pipe2), SCMP_SYS(readlink),
    SCMP_SYS(readlinkat), SCMP_SYS(sched_get_priority_max), SCMP_SYS(sched_get_priority_min),
    SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler), SCMP_SYS(stat), SCMP_SYS(statfs), SCMP_SYS(statx),
    SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_gettime), SCMP_SYS(timerfd_settime)};

/* What may be done with a descriptor. Not F_SETOWN: it has the kernel send signals to others. */
static const int descriptor_commands[] = {F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GET_SEALS};

/* What a thread may say of itself. Not PR_SET_PDEATHSIG: it would outlive the host. */
static const unsigned long self_commands[] = {PR_SET_NAME, PR_GET_NAME, PR_SET_VMA, PR_GET_DUMPABLE};

/* A call that this machine does not have needs no rule. */
static int rule(scmp_filter_ctx filter, uint32_t action, int call, unsigned count, struct scmp_arg_cmp comparison) {
  int result = seccomp_rule_add_array(filter, action, call, count, &comparison);
  return result == -EDOM || result == -EINVAL ? 0 : result;
}

static int allow_all(scmp_filter_ctx filter, const int *calls, size_t count) {
  struct scmp_arg_cmp none = {0};
  int result = 0;
  for (size_t i = 0; !result && i < count; i++) {
    if (calls[i] != __NR_SCMP_ERROR) result = rule(filter, SCMP_ACT_ALLOW, calls[i], 0, none);
  }
  return result;
}

static int allow_if(scmp_filter_ctx filter, int call, struct scmp_arg_cmp comparison) {
  return rule(filter, SCMP_ACT_ALLOW, call, 1, comparison);
}

/* A descriptor used as a socket: the host's, and no other. */
static int allow_channel(scmp_filter_ctx filter, int channel) {
  int result = allow_if(filter, SCMP_SYS(sendmsg), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)channel));
  if (!result) result = allow_if(filter, SCMP_SYS(recvmsg), SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)channel));
  return result;
}

/* Files are opened for reading, and none is made. */
static int allow_opening(scmp_filter_ctx filter) {
  const scmp_datum_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
  int result = allow_if(filter, SCMP_SYS(openat), SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
  if (!result) result = allow_if(filter, SCMP_SYS(open), SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
  return result;
}

static int allow_threads(scmp_filter_ctx filter) {
  return allow_if(filter, SCMP_SYS(clone), SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
}

/* Signals to itself only, as `abort` sends; nobody's limits but its own, and those only read. */
static int allow_self(scmp_filter_ctx filter) {
  const scmp_datum_t self = (scmp_datum_t)getpid();
  int result = allow_if(filter, SCMP_SYS(tgkill), SCMP_A0(SCMP_CMP_EQ, self));
  if (!result) result = allow_if(filter, SCMP_SYS(kill), SCMP_A0(SCMP_CMP_EQ, self));
  if (!result) result = allow_if(filter, SCMP_SYS(prlimit64), SCMP_A2(SCMP_CMP_EQ, 0));
  for (size_t i = 0; !result && i < COUNT(descriptor_commands); i++) {
    result = allow_if(filter, SCMP_SYS(fcntl), SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)descriptor_commands[i]));
  }
  for (size_t i = 0; !result && i < COUNT(self_commands); i++) {
    result = allow_if(filter, SCMP_SYS(prctl), SCMP_A0(SCMP_CMP_EQ, self_commands[i]));
  }
  return result;
}

/* Refusals that libraries understand: `clone` is used instead of `clone3`, whose flags can't be looked at; a
   descriptor is no terminal; calls newer than those above don't exist. */
static int refuse_kindly(scmp_filter_ctx filter) {
  enum { FIRST_RECENT = 424, LAST_RECENT = 511 };
  static const int recent[] = {
      SCMP_SYS(close_range), SCMP_SYS(faccessat2), SCMP_SYS(epoll_pwait2), SCMP_SYS(futex_waitv)};
  struct scmp_arg_cmp none = {0};
  int result = rule(filter, SCMP_ACT_ERRNO(ENOTTY), SCMP_SYS(ioctl), 0, none);
  for (int call = FIRST_RECENT; !result && call <= LAST_RECENT; call++) {
    int isAllowed = 0;
    for (size_t i = 0; i < COUNT(recent); i++) isAllowed |= recent[i] == call;
    if (!isAllowed) result = rule(filter, SCMP_ACT_ERRNO(ENOSYS), call, 0, none);
  }
  return result;
}

int cf_guard_calls(const cf_wishes *wishes) {
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
  if (!filter) return -ENOMEM;
  int result = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  if (!result) result = allow_all(filter, computing, COUNT(computing));
  if (!result) result = allow_channel(filter, wishes->channel);
  if (!result) result = allow_self(filter);
  /* How the C library asks for the size of what is open. */
  if (!result) result = allow_if(filter, SCMP_SYS(newfstatat), SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
  if (!result && wishes->reads_files) {
    result = allow_all(filter, loading, COUNT(loading));
    if (!result) result = allow_opening(filter);
    if (!result) result = allow_threads(filter);
  }
  if (!result) result = refuse_kindly(filter);
  /* A tree instead of a chain: the frequent calls are found as fast as the others. Older libraries have only the chain. */
  if (!result) (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
  if (!result) result = seccomp_load(filter);
  seccomp_release(filter);
  return result;
}
