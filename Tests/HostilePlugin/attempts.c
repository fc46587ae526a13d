#define _GNU_SOURCE
#include "hostile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static long read_file(const char *path) {
  int descriptor = open(path, O_RDONLY);
  char byte;
  if (descriptor < 0) return -1;
  long result = read(descriptor, &byte, 1);
  close(descriptor);
  return result;
}

static long read_users(void) { return read_file("/etc/passwd"); }
static long read_home(void) {
  DIR *folder = opendir("/root");
  if (folder) closedir(folder);
  return folder ? 0 : -1;
}
static long read_host_memory(void) {
  char path[64];
  snprintf(path, sizeof path, "/proc/%d/mem", getppid());
  return read_file(path);
}
static long write_file(void) { return open("/tmp/concord-hostile", O_WRONLY | O_CREAT, 0600); }
static long append_file(void) { return open("/etc/hosts", O_WRONLY | O_APPEND); }
static long make_folder(void) { return mkdir("/tmp/concord-hostile", 0700); }
static long make_link(void) { return symlink("/etc/passwd", "/tmp/concord-hostile"); }
static long make_memory(void) { return memfd_create("hostile", 0); }
static long remove_file(void) { return unlink("/tmp/concord-hostile-nothing"); }
static long open_socket(void) { return socket(AF_INET, SOCK_STREAM, 0); }
static long open_local_socket(void) { return socket(AF_UNIX, SOCK_STREAM, 0); }
static long start_program(void) { return execl("/bin/true", "true", (char *)NULL); }
static long start_program_by_descriptor(void) {
  char *none[] = {NULL};
  return syscall(SYS_execveat, 0, "/bin/true", none, none, 0);
}
static long split(void) {
  pid_t child = fork();
  if (child == 0) _exit(0);
  return child;
}
/* The newer call for the same, with the signal that tells of the end in the fifth of eight places. */
static long split_by_newer_call(void) {
  uint64_t wishes[8] = {0, 0, 0, 0, SIGCHLD};
  long child = syscall(SYS_clone3, wishes, sizeof wishes);
  if (child == 0) _exit(0);
  return child;
}
static long split_by_system_call(void) {
  long child = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);
  if (child == 0) _exit(0);
  return child;
}
static long signal_host(void) { return kill(getppid(), 0); }
static long signal_thread_of_host(void) { return syscall(SYS_tgkill, getppid(), getppid(), 0); }
static long signal_everybody(void) { return kill(-1, 0); }
static long queue_signal(void) {
  union sigval value = {0};
  return sigqueue(getppid(), 0, value);
}
static long have_kernel_signal(void) { return fcntl(WORKER_SOCKET, F_SETOWN, getppid()); }
static long trace_host(void) { return ptrace(PTRACE_ATTACH, getppid(), 0, 0); }
static long look_into_host(void) {
  char byte;
  struct iovec here = {&byte, 1}, there = {(void *)0x1000, 1};
  return process_vm_readv(getppid(), &here, 1, &there, 1, 0);
}
static long outlive_host(void) { return prctl(PR_SET_PDEATHSIG, 0); }
static long raise_limits(void) {
  struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
  return setrlimit(RLIMIT_DATA, &limit);
}
static long limit_host(void) {
  struct rlimit limit = {1, 1};
  return prlimit(getppid(), RLIMIT_CPU, &limit, NULL);
}
static long new_user_space(void) { return unshare(CLONE_NEWUSER); }
static long queue_work_in_kernel(void) { return syscall(425 /* io_uring_setup */, 1, NULL); }
static long change_folder(void) { return chdir("/"); }

/* What it may do: the tests would prove nothing if nothing worked. */
static void *nothing(void *argument) { return argument; }
static long start_thread(void) {
  pthread_t thread;
  int failed = pthread_create(&thread, NULL, nothing, NULL);
  if (failed) {
    errno = failed;
    return -1;
  }
  return pthread_join(thread, NULL);
}
static long allocate(void) {
  // Out of the compiler's sight: it may leave out memory that nobody looks at.
  char *volatile memory = malloc(100 << 20);
  if (!memory) return -1;
  memset(memory, 1, 100 << 20);
  free(memory);
  return 0;
}
static long read_library(void) { return read_file("/lib/x86_64-linux-gnu/libc.so.6") >= 0 ? 0 : read_file("/lib/aarch64-linux-gnu/libc.so.6"); }

static const struct {
  const char *command;
  long (*run)(void);
} attempts[] = {
    {"read users", read_users}, {"read home", read_home}, {"read host memory", read_host_memory},
    {"write file", write_file}, {"append file", append_file}, {"make folder", make_folder}, {"make link", make_link},
    {"make memory", make_memory}, {"remove file", remove_file}, {"socket", open_socket},
    {"local socket", open_local_socket}, {"program", start_program},
    {"program by descriptor", start_program_by_descriptor}, {"fork", split}, {"fork by system call", split_by_system_call},
    {"fork by newer call", split_by_newer_call},
    {"signal host", signal_host}, {"signal thread of host", signal_thread_of_host},
    {"signal everybody", signal_everybody}, {"queue signal", queue_signal},
    {"have kernel signal", have_kernel_signal}, {"trace host", trace_host}, {"look into host", look_into_host},
    {"outlive host", outlive_host}, {"raise limits", raise_limits}, {"limit host", limit_host},
    {"new user space", new_user_space}, {"queue work in kernel", queue_work_in_kernel},
    {"change folder", change_folder}, {"thread", start_thread}, {"allocate", allocate}, {"read library", read_library},
};

static const char *outcome(long result) {
  static char text[64];
  if (result >= 0) return "done";
  const char *name = strerrorname_np(errno);
  snprintf(text, sizeof text, "refused: %s", name ? name : "?");
  return text;
}

/* Tried while the library was loading, before anybody called it. */
static char at_load[256];
__attribute__((constructor)) static void try_at_load(void) {
  static const char *const early[] = {"read users", "socket", "program", "fork", "write file", "signal host"};
  for (size_t i = 0; i < COUNT(early); i++) {
    const char *found = attempt(early[i]);
    strncat(at_load, i ? ", " : "", sizeof at_load - strlen(at_load) - 1);
    strncat(at_load, found, sizeof at_load - strlen(at_load) - 1);
  }
}

const char *attempt(const char *command) {
  if (strcmp(command, "at load") == 0) return at_load;
  if (strncmp(command, "read ", 5) == 0 && command[5] == '/') return outcome(read_file(command + 5));
  for (size_t i = 0; i < COUNT(attempts); i++) {
    if (strcmp(attempts[i].command, command) == 0) return outcome(attempts[i].run());
  }
  return NULL;
}
