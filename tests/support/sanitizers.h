// Whether AddressSanitizer watches this build.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define EQLC_UNDER_ASAN 1
#elif defined(__has_feature)
#define EQLC_UNDER_ASAN __has_feature(address_sanitizer)
#else
#define EQLC_UNDER_ASAN 0
#endif
