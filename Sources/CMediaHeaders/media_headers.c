#define _GNU_SOURCE
#include "media_headers.h"
#include "sounds.h"

#include <errno.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jpeglib.h>
#include <libexif/exif-data.h>
#include <png.h>

enum { FIRST_READ = 64 << 10, LAST_READ = 4 << 20, MOST_PIXELS = 1000000 };

static uint32_t orientation_of(const unsigned char *bytes, unsigned int count) {
  uint32_t orientation = 1;
  ExifData *data = exif_data_new();
  if (!data) return orientation;
  exif_data_load_data(data, bytes, count);
  ExifEntry *entry = exif_content_get_entry(data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (entry && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2) {
    uint32_t value = exif_get_short(entry->data, exif_data_get_byte_order(data));
    if (value >= 1 && value <= 8) orientation = value;
  }
  exif_data_unref(data);
  return orientation;
}

/* ---- PNG ------------------------------------------------------------------------------------------------------ */

typedef struct {
  const unsigned char *bytes;
  size_t count;
  size_t offset;
} png_memory;

static void png_take(png_structp png, png_bytep out, png_size_t count) {
  png_memory *memory = png_get_io_ptr(png);
  if (count > memory->count - memory->offset) png_error(png, "end");
  memcpy(out, memory->bytes + memory->offset, count);
  memory->offset += count;
}

static void png_silent(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void png_fail(png_structp png, png_const_charp message) {
  (void)message;
  png_longjmp(png, 1);
}

static int read_png(const unsigned char *bytes, size_t count, media_header *header) {
  png_memory memory = {bytes, count, 0};
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, png_fail, png_silent);
  if (!png) return MEDIA_DAMAGED;
  png_infop info = png_create_info_struct(png);
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    return MEDIA_DAMAGED;
  }
  /* What was read before something later failed still counts: the size comes first. */
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_user_limits(png, MOST_PIXELS, MOST_PIXELS);
    png_set_chunk_cache_max(png, 64);
    png_set_chunk_malloc_max(png, LAST_READ);
    png_set_read_fn(png, &memory, png_take);
    png_read_info(png, info);
  }
  header->format = MEDIA_PNG;
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  header->channels = png_get_channels(png, info);
#ifdef PNG_eXIf_SUPPORTED
  png_uint_32 exif_count = 0;
  png_bytep exif = NULL;
  if (png_get_eXIf_1(png, info, &exif_count, &exif) && exif && exif_count > 4 && exif_count < 60000) {
    /* libexif wants the marker that precedes the data in a JPEG. */
    unsigned char *copy = malloc(exif_count + 6);
    if (copy) {
      memcpy(copy, "Exif\0\0", 6);
      memcpy(copy + 6, exif, exif_count);
      header->orientation = orientation_of(copy, exif_count + 6);
      free(copy);
    }
  }
#endif
  png_destroy_read_struct(&png, &info, NULL);
  return header->width > 0 && header->height > 0 ? MEDIA_OK : MEDIA_DAMAGED;
}

/* ---- JPEG ----------------------------------------------------------------------------------------------------- */

typedef struct {
  struct jpeg_error_mgr manager;
  jmp_buf jump;
} jpeg_errors;

static void jpeg_fail(j_common_ptr common) { longjmp(((jpeg_errors *)common->err)->jump, 1); }
static void jpeg_silent(j_common_ptr common) { (void)common; }
static void jpeg_silent_level(j_common_ptr common, int level) {
  (void)common;
  (void)level;
}

static int read_jpeg(const unsigned char *bytes, size_t count, media_header *header) {
  struct jpeg_decompress_struct jpeg;
  jpeg_errors errors;
  memset(&jpeg, 0, sizeof jpeg);
  jpeg.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = jpeg_fail;
  errors.manager.output_message = jpeg_silent;
  errors.manager.emit_message = jpeg_silent_level;
  if (setjmp(errors.jump)) {
    jpeg_destroy_decompress(&jpeg);
    return MEDIA_DAMAGED;
  }
  jpeg_create_decompress(&jpeg);
  jpeg.mem->max_memory_to_use = LAST_READ * 4;
  jpeg_mem_src(&jpeg, bytes, count);
  jpeg_save_markers(&jpeg, JPEG_APP0 + 1, 0xFFFF);
  int result = jpeg_read_header(&jpeg, TRUE) == JPEG_HEADER_OK ? MEDIA_OK : MEDIA_DAMAGED;
  header->format = MEDIA_JPEG;
  header->width = jpeg.image_width;
  header->height = jpeg.image_height;
  header->channels = (uint32_t)jpeg.num_components;
  for (jpeg_saved_marker_ptr marker = jpeg.marker_list; marker; marker = marker->next) {
    if (marker->data_length > 6 && memcmp(marker->data, "Exif\0\0", 6) == 0) {
      header->orientation = orientation_of(marker->data, marker->data_length);
      break;
    }
  }
  jpeg_destroy_decompress(&jpeg);
  return result == MEDIA_OK && header->width > 0 && header->height > 0 ? MEDIA_OK : MEDIA_DAMAGED;
}

/* ---- Either --------------------------------------------------------------------------------------------------- */

static int read_bytes(const unsigned char *bytes, size_t count, media_header *header) {
  memset(header, 0, sizeof *header);
  header->orientation = 1;
  if (count >= 8 && png_sig_cmp(bytes, 0, 8) == 0) return read_png(bytes, count, header);
  if (count >= 3 && bytes[0] == 0xFF && bytes[1] == 0xD8 && bytes[2] == 0xFF) return read_jpeg(bytes, count, header);
  return MEDIA_NOT_KNOWN;
}

static ssize_t read_start(int descriptor, unsigned char *bytes, size_t most) {
  size_t filled = 0;
  while (filled < most) {
    ssize_t count = pread(descriptor, bytes + filled, most - filled, (off_t)filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) break;
    filled += (size_t)count;
  }
  return (ssize_t)filled;
}

int media_read_header(int descriptor, media_header *header) {
  memset(header, 0, sizeof *header);
  int sound = sound_read_header(descriptor, header);
  if (sound != MEDIA_NOT_KNOWN) return sound;
  /* Nearly every header lies in the first part; only one that does not costs the larger read. */
  int result = MEDIA_UNREADABLE;
  for (size_t most = FIRST_READ; most <= LAST_READ; most = most == LAST_READ ? most + 1 : LAST_READ) {
    unsigned char *bytes = malloc(most);
    if (!bytes) return MEDIA_UNREADABLE;
    ssize_t count = read_start(descriptor, bytes, most);
    result = count < 0 ? MEDIA_UNREADABLE : read_bytes(bytes, (size_t)count, header);
    free(bytes);
    if (result != MEDIA_DAMAGED || (size_t)count < most) break;
  }
  return result;
}
