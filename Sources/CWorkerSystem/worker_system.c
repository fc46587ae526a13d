#define _GNU_SOURCE
#include "worker_system.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int ws_socket_pair(int *first, int *second) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return -errno;
  *first = ends[0];
  *second = ends[1];
  return 0;
}

int ws_spawn(const char *path, char *const *arguments, int socket, int progress, int library, pid_t *pid) {
  /* Copies above the target numbers, so that no dup2 overwrites a source. */
  int high_socket = fcntl(socket, F_DUPFD_CLOEXEC, 16);
  int high_progress = fcntl(progress, F_DUPFD_CLOEXEC, 16);
  int high_library = library < 0 ? -1 : fcntl(library, F_DUPFD_CLOEXEC, 16);
  int result = high_socket < 0 || high_progress < 0 || (library >= 0 && high_library < 0) ? errno : 0;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  sigset_t signals;
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals);
  sigfillset(&signals);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  if (!result) result = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  if (!result) result = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  if (!result) result = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  if (!result) result = posix_spawn_file_actions_adddup2(&actions, high_socket, WS_SOCKET);
  if (!result) result = posix_spawn_file_actions_adddup2(&actions, high_progress, WS_PROGRESS);
  if (!result && library >= 0) result = posix_spawn_file_actions_adddup2(&actions, high_library, WS_LIBRARY);
  if (!result) result = posix_spawn_file_actions_addclosefrom_np(&actions, library < 0 ? WS_LIBRARY : WS_LIBRARY + 1);
  char *environment[] = {NULL};
  if (!result) result = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (high_socket >= 0) close(high_socket);
  if (high_progress >= 0) close(high_progress);
  if (high_library >= 0) close(high_library);
  return -result;
}

int ws_send(int socket, const void *bytes, size_t count, int descriptor) {
  const char *cursor = bytes;
  while (count > 0) {
    struct iovec part = {.iov_base = (void *)cursor, .iov_len = count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    union {
      struct cmsghdr align;
      char bytes[CMSG_SPACE(sizeof(int))];
    } control;
    if (descriptor >= 0) {
      memset(&control, 0, sizeof control);
      message.msg_control = control.bytes;
      message.msg_controllen = sizeof control.bytes;
      struct cmsghdr *header = CMSG_FIRSTHDR(&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN(sizeof(int));
      memcpy(CMSG_DATA(header), &descriptor, sizeof(int));
    }
    ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return -errno;
    descriptor = -1;
    cursor += sent;
    count -= (size_t)sent;
  }
  return 0;
}

ssize_t ws_receive(int socket, void *bytes, size_t count, int *descriptor) {
  *descriptor = -1;
  struct iovec part = {.iov_base = bytes, .iov_len = count};
  union {
    struct cmsghdr align;
    char bytes[CMSG_SPACE(8 * sizeof(int))];
  } control;
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
  ssize_t received;
  do {
    received = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (received < 0 && errno == EINTR);
  if (received < 0) return -errno;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t items = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t i = 0; i < items; i++) {
      int item;
      memcpy(&item, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
      if (*descriptor < 0) {
        *descriptor = item;
      } else {
        close(item);
      }
    }
  }
  return received;
}

int ws_wait_readable(int socket, int bell, int milliseconds) {
  struct pollfd items[] = {{.fd = socket, .events = POLLIN}, {.fd = bell, .events = POLLIN}};
  int result = poll(items, 2, milliseconds);
  if (result < 0) return errno == EINTR ? 0 : -errno;
  uint64_t count;
  /* Which also silences it. */
  if (items[1].revents && read(bell, &count, sizeof count) < 0 && errno != EAGAIN) return -errno;
  return items[0].revents != 0;
}

int ws_bell(void) {
  int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

void ws_ring(int bell) {
  uint64_t one = 1;
  /* Full means that it rings already. */
  if (write(bell, &one, sizeof one) < 0) return;
}

int ws_sealed_memory(const void *bytes, size_t count) {
  int descriptor = memfd_create("concord-batch", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return -errno;
  const char *cursor = bytes;
  while (count > 0) {
    ssize_t written = write(descriptor, cursor, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      int result = written < 0 ? -errno : -EIO;
      close(descriptor);
      return result;
    }
    cursor += written;
    count -= (size_t)written;
  }
  if (fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) {
    int result = -errno;
    close(descriptor);
    return result;
  }
  return descriptor;
}

const void *ws_map_sealed(int descriptor, size_t *count) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  if (seals < 0 || (seals & (F_SEAL_SHRINK | F_SEAL_WRITE)) != (F_SEAL_SHRINK | F_SEAL_WRITE)) return NULL;
  return ws_map_file(descriptor, count);
}

#ifndef F_SEAL_FUTURE_WRITE
#define F_SEAL_FUTURE_WRITE 0x0010
#endif

int ws_lent_memory(size_t count, void **start) {
  int descriptor = memfd_create("concord-batches", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return -errno;
  *start = MAP_FAILED;
  if (ftruncate(descriptor, (off_t)count) == 0)
    *start = mmap(NULL, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  /* What is mapped by now stays writable here. */
  if (*start != MAP_FAILED &&
      fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_FUTURE_WRITE | F_SEAL_SEAL) == 0)
    return descriptor;
  int result = -errno;
  if (*start != MAP_FAILED) munmap(*start, count);
  close(descriptor);
  return result;
}

const void *ws_map_lent(int descriptor, size_t *count) {
  int seals = fcntl(descriptor, F_GET_SEALS);
  if (seals < 0 || !(seals & F_SEAL_SHRINK)) return NULL;
  return ws_map_file(descriptor, count);
}

const void *ws_map_file(int descriptor, size_t *count) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0) return NULL;
  void *start = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (start == MAP_FAILED) return NULL;
  *count = (size_t)status.st_size;
  return start;
}

int ws_word_memory(void) {
  int descriptor = memfd_create("concord-progress", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return -errno;
  if (ftruncate(descriptor, sizeof(uint64_t)) != 0 ||
      fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0) {
    int result = -errno;
    close(descriptor);
    return result;
  }
  return descriptor;
}

uint64_t *ws_map_word(int descriptor) {
  void *start = mmap(NULL, sizeof(uint64_t), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
  return start == MAP_FAILED ? NULL : start;
}

void ws_unmap(const void *start, size_t count) {
  if (start) munmap((void *)start, count);
}

uint64_t ws_load(const uint64_t *word) { return __atomic_load_n(word, __ATOMIC_ACQUIRE); }
void ws_store(uint64_t *word, uint64_t value) { __atomic_store_n(word, value, __ATOMIC_RELEASE); }

int ws_end(pid_t pid) {
  int status = 0;
  kill(pid, SIGKILL);
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -errno;
  }
  return WIFSIGNALED(status) ? WTERMSIG(status) : 256 + WEXITSTATUS(status);
}

void ws_kill(pid_t pid) { kill(pid, SIGKILL); }

int64_t ws_processor_time(pid_t pid) {
  clockid_t clock;
  struct timespec time;
  if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0) return -1;
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int ws_state(pid_t pid) {
  char path[32], text[512];
  snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  ssize_t count = read(descriptor, text, sizeof text - 1);
  close(descriptor);
  if (count <= 0) return 0;
  text[count] = 0;
  /* The state follows the name, which is in brackets and may hold any byte. */
  char *bracket = strrchr(text, ')');
  return bracket && bracket[1] == ' ' ? bracket[2] : 0;
}

int64_t ws_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}
