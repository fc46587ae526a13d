/*
 * What a worker gives up before it runs anybody else's code. Linux: limits, Landlock, seccomp.
 *
 * Each part is tried, and found by what the system answers, not by its version. Nothing here keeps state.
 */
#ifndef CONFINEMENT_H
#define CONFINEMENT_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* The parts, as bits. */
enum {
  CF_RIGHTS = 1, /* no new privileges, no core dumps, only its own descriptors, dies with the host */
  CF_LIMITS = 2, /* processor time, files and descriptors */
  CF_MEMORY = 4, /* memory and address space; not in builds with a sanitizer, which need terabytes of both */
  CF_FILES = 8,  /* Landlock: nothing but what it may read */
  CF_CALLS = 16  /* seccomp: nothing but the system calls that computing needs */
};

typedef struct cf_wishes {
  pid_t host;                 /* the parent; if that is another already, the process ends */
  int first_closed;           /* descriptors from this one on are closed */
  int channel;                /* the one descriptor that may be used as a socket */
  uint64_t memory;            /* bytes */
  uint64_t processor_seconds;
  uint64_t file_bytes;        /* how long a file may get that is open for writing already */
  int reads_files;            /* 0: not one file can be opened, and no thread started */
  const char *const *paths;   /* files and folders it may read, besides the system's libraries */
  size_t path_count;
} cf_wishes;

typedef struct cf_outcome {
  uint32_t parts;       /* those in force */
  int32_t landlock_abi; /* 0: the kernel has none */
  int32_t error;        /* errno of the last part that failed; 0 if none did */
} cf_outcome;

/* Confines the calling process, which must have one thread. Parts that can't be had are left out and told. */
cf_outcome cf_confine(const cf_wishes *wishes);

/* All parts. */
uint32_t cf_all_parts(void);

#endif
