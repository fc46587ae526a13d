/* libidn2: internationalized host names. */
#include <idn2.h>
