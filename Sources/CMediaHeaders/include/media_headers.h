/*
 * Reads the header of a picture with libpng, libjpeg and libexif, whose error handling by longjmp stays on this side, and of a
 * sound (WAV, FLAC, AIFF) by itself: a few numbers at known places.
 */
#ifndef MEDIA_HEADERS_H
#define MEDIA_HEADERS_H

#include <stdint.h>

enum { MEDIA_UNKNOWN = 0, MEDIA_PNG = 1, MEDIA_JPEG = 2, MEDIA_WAV = 3, MEDIA_FLAC = 4, MEDIA_AIFF = 5 };

enum {
  MEDIA_OK = 0,
  MEDIA_NOT_KNOWN = 1, /* none of these */
  MEDIA_DAMAGED = 2,   /* it begins as one, but its header can't be read */
  MEDIA_UNREADABLE = 3 /* the descriptor can't be read */
};

typedef struct media_header {
  uint32_t format;
  uint32_t width; /* as stored, before turning; 0 of a sound */
  uint32_t height;
  uint32_t orientation; /* 1 to 8 as in Exif; 1 if the file says nothing */
  uint32_t channels;
  uint32_t rate; /* samples of a channel in a second; 0 of a picture */
  uint32_t bits; /* of a sample; 0 if the file does not say */
  uint64_t frames; /* samples of a channel that are there: what the header says, and no more than the file has; 0 if nobody can tell */
} media_header;

/*
 * Reads at most the first four megabytes behind a descriptor of a regular file, of sounds the heads of at most a thousand
 * parts; the descriptor's offset does not move.
 */
int media_read_header(int descriptor, media_header *header);

#endif
