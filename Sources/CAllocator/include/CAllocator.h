#ifndef CONCORD_ALLOCATOR_H
#define CONCORD_ALLOCATOR_H

/* Has what is free given back to the system by a thread of its own, so that it also happens while nothing is done. */
void concord_return_memory_while_idle(void);

#endif
