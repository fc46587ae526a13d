/* The parts of the confinement, each in a file of its own. They return 0 or a negated errno. */
#ifndef PARTS_H
#define PARTS_H

#include "confinement.h"

int cf_give_up_rights(const cf_wishes *wishes);
int cf_limit(const cf_wishes *wishes);
int cf_limit_memory(const cf_wishes *wishes);
/* Stores the kernel's version of Landlock, 0 for none. */
int cf_guard_files(const cf_wishes *wishes, int32_t *abi);
int cf_guard_calls(const cf_wishes *wishes);

#endif
