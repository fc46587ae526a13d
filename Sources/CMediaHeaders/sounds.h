/*
 * Headers of sounds: WAV (RIFF, RF64, BW64), FLAC and AIFF. Every number comes from a file that nobody vouches for.
 */
#ifndef SOUNDS_H
#define SOUNDS_H

#include "media_headers.h"

/* MEDIA_NOT_KNOWN if the file begins as none of them; the descriptor's offset does not move. */
int sound_read_header(int descriptor, media_header *header);

#endif
