/*
 * The system calls that workers and their host need and that Swift cannot reach: variadic ones, GNU extensions, ancillary data.
 * Calls that can fail return a negated errno. Nothing here keeps state.
 */
#ifndef WORKER_SYSTEM_H
#define WORKER_SYSTEM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The descriptors a worker is started with. 0 to 2 are the null device. The last one only if its library comes as memory. */
enum { WS_SOCKET = 3, WS_PROGRESS = 4, WS_LIBRARY = 5 };
/* What such a library is called to the loader. */
#define WS_LIBRARY_PATH "/proc/self/fd/5"

/* Two connected stream sockets, closed on exec. */
int ws_socket_pair(int *first, int *second);

/* Starts `path` with `arguments` (ended by null), an empty environment, WS_SOCKET and WS_PROGRESS, WS_LIBRARY unless `library`
   is negative, and no other descriptor. */
int ws_spawn(const char *path, char *const *arguments, int socket, int progress, int library, pid_t *pid);

/* Sends all of it; `descriptor` rides on the first byte if not negative. Never raises SIGPIPE. */
int ws_send(int socket, const void *bytes, size_t count, int descriptor);

/* Receives up to `count` bytes. 0 at the end. A descriptor that came along is stored, else -1; more than one is closed. */
ssize_t ws_receive(int socket, void *bytes, size_t count, int *descriptor);

/* Waits until there is something to receive. 1 ready (or ended), 0 timed out or the bell was rung. */
int ws_wait_readable(int socket, int bell, int milliseconds);
/* What ends a wait from another thread. A descriptor, or a negated errno. */
int ws_bell(void);
void ws_ring(int bell);

/* Anonymous memory of exactly these bytes; nobody can change it any more. The descriptor, or a negated errno. */
int ws_sealed_memory(const void *bytes, size_t count);
/* Maps a descriptor that came from elsewhere for reading. Null if it is not memory sealed against shrinking and writing. */
const void *ws_map_sealed(int descriptor, size_t *count);
/* Anonymous memory of so many bytes that the caller may write, through `start`, and nobody else, and that keeps its size. The
   descriptor, or a negated errno. */
int ws_lent_memory(size_t count, void **start);
/* Maps a descriptor that came from elsewhere for reading. Null if it is not memory sealed against shrinking. */
const void *ws_map_lent(int descriptor, size_t *count);
/* Maps an ordinary file, or memory, that came from elsewhere for reading. Null if it is neither, or empty. */
const void *ws_map_file(int descriptor, size_t *count);
/* One shared 64-bit word, 0 at first. */
int ws_word_memory(void);
uint64_t *ws_map_word(int descriptor);
void ws_unmap(const void *start, size_t count);
/* Asks the processor for what lies there, without waiting for it; any address does. */
static inline void ws_fetch(const void *start) { __builtin_prefetch(start); }
uint64_t ws_load(const uint64_t *word);
void ws_store(uint64_t *word, uint64_t value);

/* Ends it if it still runs, and collects it. The signal it died of, or 256 + its exit status. */
int ws_end(pid_t pid);
void ws_kill(pid_t pid);
/* Nanoseconds of processor time used so far; negative if unknown. */
int64_t ws_processor_time(pid_t pid);
/* R, S, D, T, Z as in proc(5); 0 if unknown. */
int ws_state(pid_t pid);
/* A clock that only goes forward, nanoseconds. */
int64_t ws_now(void);

#endif
