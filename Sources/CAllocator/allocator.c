#include "CAllocator.h"

#include <jemalloc/jemalloc.h>
#include <stdbool.h>

/* Read by jemalloc when the process starts. One area for all threads: what is free in one would be no use to the others, and
   records are read on one thread and let go on another. What is free goes back after a second. */
const char *malloc_conf = "narenas:1,dirty_decay_ms:1000,muzzy_decay_ms:0";

void concord_return_memory_while_idle(void) {
  bool wanted = true;
  /* Where it can't be had, memory goes back when there is something to do. */
  (void)mallctl("background_thread", NULL, NULL, &wanted, sizeof wanted);
}
