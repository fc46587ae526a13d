#ifndef CONCORD_CCSV_SHIM_H
#define CONCORD_CCSV_SHIM_H

#include <csv.h>

#endif
