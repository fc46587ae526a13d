#ifndef CONCORD_PARENT_WATCH_H
#define CONCORD_PARENT_WATCH_H

/* A descriptor that becomes readable when the process ends; -1 and errno on failure. Closed on exec. */
int concord_pidfd_open(int pid);

#endif
