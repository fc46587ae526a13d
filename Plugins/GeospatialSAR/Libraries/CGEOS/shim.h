#ifndef CONCORD_CGEOS_SHIM_H
#define CONCORD_CGEOS_SHIM_H

/* Only the functions that are given their context: they share nothing with anybody. */
#define GEOS_USE_ONLY_R_API
#include <geos_c.h>

#endif
