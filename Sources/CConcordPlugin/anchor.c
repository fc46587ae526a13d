/* The boundary is a header only; this file gives the build something to compile, and proves that the header stands alone in C. */
#include "concord_plugin.h"

_Static_assert(sizeof(concord_node) == 32, "concord_node is 32 bytes");
_Static_assert(sizeof(concord_field) == 20, "concord_field is 20 bytes");
