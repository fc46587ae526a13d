#ifndef CONCORD_CPROJ_SHIM_H
#define CONCORD_CPROJ_SHIM_H

#include <geodesic.h>
#include <proj.h>

#endif
