#ifndef CONCORD_DIGEST_H
#define CONCORD_DIGEST_H
#include <nettle/sha2.h>
#endif
