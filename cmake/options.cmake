# Compiler settings that hold for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Without this it keeps nothing that was built with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

# Entries of the cache belong to one build. Clang passes this only when asked.
add_link_options(-Wl,--build-id)

# Our own code: warnings on. A target that is ours links eqlc_warnings; generated code does not.
add_library(eqlc_warnings INTERFACE)
target_compile_options(eqlc_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
                                               $<$<BOOL:${EQLC_WERROR}>:-Werror>)

# GCC 12 warns of overlapping copies inside std::string's operator+ where there are none (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(eqlc_warnings INTERFACE -Wno-restrict)
endif()

# eqlc_share_headers(target headers...): Clang, with which the sanitizers are built, reads the headers that most files
# include once for all of them. GCC gains nothing from that, and finds what a file has forgotten to include.
function(eqlc_share_headers target)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(${target} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")  # ccache goes by contents
    target_precompile_headers(${target} PRIVATE <algorithm> <functional> <map> <memory> <optional> <span> <string>
                                                <unordered_map> <vector> <fmt/format.h> ${ARGN})
  endif()
endfunction()

# eqlc_build_fast(target): for code that is built more often than it runs long, such as tests.
# Not for loops that matter: of inline functions that the libraries have too, the linker may take this target's copy.
function(eqlc_build_fast target)
  target_compile_options(${target} PRIVATE $<IF:$<CONFIG:Debug>,-O0,-O1>)
endfunction()

if(EQLC_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # This check reads bytes in front of a called function, and JIT'd functions have nothing there.
    add_compile_options(-fno-sanitize=function)
  endif()
endif()
if(EQLC_SANITIZE_THREADS)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()
if(EQLC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
