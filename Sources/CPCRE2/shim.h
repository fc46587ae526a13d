/* PCRE2 has one header for three widths; ours is bytes (UTF-8). */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
