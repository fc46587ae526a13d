#define _GNU_SOURCE
#include "sounds.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_PARTS = 1000, MOST_CHANNELS = 1024, MOST_RATE = 16 << 20 };

typedef struct {
  int descriptor;
  uint64_t size;
} sound_file;

/* All of the bytes, or nothing. */
static bool read_at(const sound_file *file, uint64_t offset, void *out, size_t count) {
  if (offset > file->size || count > file->size - offset) return false;
  size_t filled = 0;
  while (filled < count) {
    ssize_t got = pread(file->descriptor, (char *)out + filled, count - filled, (off_t)(offset + filled));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    filled += (size_t)got;
  }
  return true;
}

static uint64_t number(const unsigned char *bytes, int count, bool is_big) {
  uint64_t value = 0;
  for (int i = 0; i < count; i++) value = value << 8 | bytes[is_big ? i : count - 1 - i];
  return value;
}

static uint64_t least(uint64_t a, uint64_t b) { return a < b ? a : b; }

static int result_of(const media_header *header) {
  bool makes_sense = header->rate > 0 && header->rate <= MOST_RATE && header->channels > 0 &&
                     header->channels <= MOST_CHANNELS && header->bits <= 64;
  return makes_sense ? MEDIA_OK : MEDIA_DAMAGED;
}

/* ---- WAV ------------------------------------------------------------------------------------------------------ */

enum { WAVE_PCM = 1, WAVE_FLOAT = 3, WAVE_A_LAW = 6, WAVE_MU_LAW = 7, WAVE_EXTENSIBLE = 0xFFFE };

static int read_wav(const sound_file *file, media_header *header) {
  header->format = MEDIA_WAV;
  bool has_format = false, has_data = false;
  uint64_t tag = 0, block = 0, data = 0, long_data = 0, counted = 0;
  uint64_t offset = 12;
  for (int part = 0; part < MOST_PARTS && !(has_format && has_data); part++) {
    unsigned char head[8], body[40];
    if (!read_at(file, offset, head, sizeof head)) break;
    uint64_t size = number(head + 4, 4, false);
    offset += sizeof head;
    uint64_t left = file->size - offset;
    if (memcmp(head, "fmt ", 4) == 0) {
      memset(body, 0, sizeof body);
      if (size < 16 || !read_at(file, offset, body, least(size, sizeof body))) return MEDIA_DAMAGED;
      tag = number(body, 2, false);
      header->channels = (uint32_t)number(body + 2, 2, false);
      header->rate = (uint32_t)number(body + 4, 4, false);
      block = number(body + 12, 2, false);
      header->bits = (uint32_t)number(body + 14, 2, false);
      /* Behind a format that says more of itself stand its size, the bits that count, the places of the speakers, and the format. */
      if (tag == WAVE_EXTENSIBLE && size >= 40) tag = number(body + 24, 2, false);
      has_format = true;
    } else if (memcmp(head, "ds64", 4) == 0 && size >= 24 && read_at(file, offset, body, 24)) {
      long_data = number(body + 8, 8, false);
    } else if (memcmp(head, "fact", 4) == 0 && size >= 4 && read_at(file, offset, body, 4)) {
      counted = number(body, 4, false);
    } else if (memcmp(head, "data", 4) == 0) {
      /* Who writes to a pipe does not know yet how much will come. */
      bool is_open = size == 0xFFFFFFFF || size == 0;
      if (is_open && long_data > 0) size = long_data;
      else if (is_open) size = left;
      data = least(size, left);
      has_data = true;
    }
    if (size > left) break;
    offset += size + (size & 1);
  }
  if (!has_format) return MEDIA_DAMAGED;
  bool is_plain = tag == WAVE_PCM || tag == WAVE_FLOAT || tag == WAVE_A_LAW || tag == WAVE_MU_LAW;
  if (is_plain && block == 0) return MEDIA_DAMAGED;
  if (has_data) header->frames = is_plain ? data / block : counted;
  return result_of(header);
}

/* ---- FLAC ----------------------------------------------------------------------------------------------------- */

static int read_flac(const sound_file *file, uint64_t offset, media_header *header) {
  header->format = MEDIA_FLAC;
  unsigned char body[38];
  if (!read_at(file, offset + 4, body, sizeof body)) return MEDIA_DAMAGED;
  /* The first block says what the stream is. */
  if ((body[0] & 0x7F) != 0 || number(body + 1, 3, true) < 34) return MEDIA_DAMAGED;
  uint64_t packed = number(body + 14, 8, true);
  header->rate = (uint32_t)(packed >> 44);
  header->channels = (uint32_t)(packed >> 41 & 7) + 1;
  header->bits = (uint32_t)(packed >> 36 & 31) + 1;
  header->frames = packed & 0xFFFFFFFFFULL;
  return result_of(header);
}

/* ---- AIFF ----------------------------------------------------------------------------------------------------- */

/* A number of 80 bits as a whole one; 0 where it is none. */
static uint32_t whole_of_extended(const unsigned char *bytes) {
  int exponent = (int)(number(bytes, 2, true) & 0x7FFF) - 16383;
  uint64_t mantissa = number(bytes + 2, 8, true);
  if (bytes[0] & 0x80 || exponent < 0 || exponent > 31) return 0;
  return (uint32_t)(mantissa >> (63 - exponent));
}

static int read_aiff(const sound_file *file, media_header *header) {
  header->format = MEDIA_AIFF;
  bool has_format = false, has_data = false, is_plain = true;
  uint64_t data = 0;
  uint64_t offset = 12;
  for (int part = 0; part < MOST_PARTS && !(has_format && has_data); part++) {
    unsigned char head[8], body[18];
    if (!read_at(file, offset, head, sizeof head)) break;
    uint64_t size = number(head + 4, 4, true);
    offset += sizeof head;
    uint64_t left = file->size - offset;
    if (memcmp(head, "COMM", 4) == 0) {
      if (size < sizeof body || !read_at(file, offset, body, sizeof body)) return MEDIA_DAMAGED;
      header->channels = (uint32_t)number(body, 2, true);
      header->frames = number(body + 2, 4, true);
      header->bits = (uint32_t)number(body + 6, 2, true);
      header->rate = whole_of_extended(body + 8);
      /* Only where nothing is said of another way to write samples are they as many bytes as their bits. */
      has_format = true;
      is_plain = size == sizeof body;
    } else if (memcmp(head, "SSND", 4) == 0 && size >= 8) {
      data = least(size, left) - least(8, left);
      has_data = true;
    }
    if (size > left) break;
    offset += size + (size & 1);
  }
  if (!has_format) return MEDIA_DAMAGED;
  uint64_t frame = (uint64_t)header->channels * ((header->bits + 7) / 8);
  if (is_plain && data > 0 && frame > 0) header->frames = least(header->frames, data / frame);
  return result_of(header);
}

/* ---- Any of them ---------------------------------------------------------------------------------------------- */

int sound_read_header(int descriptor, media_header *header) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || status.st_size < 0) return MEDIA_UNREADABLE;
  sound_file file = {descriptor, (uint64_t)status.st_size};
  unsigned char head[12];
  if (!read_at(&file, 0, head, sizeof head)) return MEDIA_NOT_KNOWN;
  bool is_riff = memcmp(head, "RIFF", 4) == 0 || memcmp(head, "RF64", 4) == 0 || memcmp(head, "BW64", 4) == 0;
  if (is_riff && memcmp(head + 8, "WAVE", 4) == 0) return read_wav(&file, header);
  bool is_aiff = memcmp(head + 8, "AIFF", 4) == 0 || memcmp(head + 8, "AIFC", 4) == 0;
  if (memcmp(head, "FORM", 4) == 0 && is_aiff) return read_aiff(&file, header);
  if (memcmp(head, "fLaC", 4) == 0) return read_flac(&file, 0, header);
  if (memcmp(head, "ID3", 3) == 0 && ((head[6] | head[7] | head[8] | head[9]) & 0x80) == 0) {
    /* Some programs put a song's name before it; its size has seven bits a byte. */
    uint64_t size = (uint64_t)head[6] << 21 | (uint64_t)head[7] << 14 | (uint64_t)head[8] << 7 | head[9];
    unsigned char mark[4];
    if (read_at(&file, 10 + size, mark, sizeof mark) && memcmp(mark, "fLaC", 4) == 0)
      return read_flac(&file, 10 + size, header);
  }
  return MEDIA_NOT_KNOWN;
}
