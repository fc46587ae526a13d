/* A plugin for tests that does what plugins must not, on request: the text of the field `command` says what. */
#ifndef HOSTILE_H
#define HOSTILE_H

#include "concord_plugin.h"

enum { WORKER_SOCKET = 3, WORKER_PROGRESS = 4, RULE_ATTEMPT = 0, KIND_FACT = 0 };

/* What is tried against the system. What came of it: "done", "refused: EACCES" and so on; null if not known. */
const char *attempt(const char *command);
/* What is tried against the worker and the host. 1 if it is known; many never return. */
int misbehave(const char *command, const concord_host *host, const concord_record *record);

concord_bytes text_of(const char *text);
void report(const concord_host *host, concord_place place, uint32_t rule, concord_bytes what);

#endif
