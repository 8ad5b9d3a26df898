# What `cmake --install` gives other programs beside the command: headers, libraries, and a package for
# find_package(eqlc), with the targets eqlc::eqlc_runtime and, where the compiler is built, eqlc::eqlc_compiler.
include(CMakePackageConfigHelpers)

set(libraries eqlc_runtime)
if(EQLC_COMPILER)
  list(APPEND libraries eqlc_grammar eqlc_front eqlc_compiler)
endif()
foreach(library ${libraries})
  add_library(eqlc::${library} ALIAS ${library})  # the same names with add_subdirectory
endforeach()
install(TARGETS ${libraries} EXPORT eqlc ARCHIVE DESTINATION lib)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/eqlc DESTINATION include)

set(package ${PROJECT_BINARY_DIR}/package)
configure_file(${CMAKE_CURRENT_LIST_DIR}/eqlcConfig.cmake.in ${package}/eqlcConfig.cmake @ONLY)
write_basic_package_version_file(${package}/eqlcConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${package}/eqlcConfig.cmake ${package}/eqlcConfigVersion.cmake DESTINATION lib/cmake/eqlc)
install(EXPORT eqlc NAMESPACE eqlc:: FILE eqlcTargets.cmake DESTINATION lib/cmake/eqlc)
