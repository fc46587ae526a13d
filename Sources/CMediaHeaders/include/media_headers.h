/*
 * Reads the header of an image file with libpng, libjpeg and libexif. Their error handling by longjmp stays on this side.
 */
#ifndef MEDIA_HEADERS_H
#define MEDIA_HEADERS_H

#include <stdint.h>

enum { MEDIA_UNKNOWN = 0, MEDIA_PNG = 1, MEDIA_JPEG = 2 };

enum {
  MEDIA_OK = 0,
  MEDIA_NOT_KNOWN = 1, /* neither PNG nor JPEG */
  MEDIA_DAMAGED = 2,   /* it begins as one, but its header can't be read */
  MEDIA_UNREADABLE = 3 /* the descriptor can't be read */
};

typedef struct media_header {
  uint32_t format;
  uint32_t width; /* as stored, before turning */
  uint32_t height;
  uint32_t orientation; /* 1 to 8 as in Exif; 1 if the file says nothing */
  uint32_t channels;
} media_header;

/* Reads at most the first four megabytes behind a descriptor of a regular file; its offset does not move. */
int media_read_header(int descriptor, media_header *header);

#endif
