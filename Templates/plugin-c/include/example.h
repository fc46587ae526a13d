/* The example exports nothing but the plugin's entry, which concord_plugin.h declares. */
#include "concord_plugin.h"
