# The installed tree: one package `dosimeter` with the components engine and rules, the same two for pkg-config, the
# simulate command. It may be moved as a whole after it was installed: nothing in it names the build tree or the prefix.
include(CMakePackageConfigHelpers)

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/dosimeter)
set(pkgconfig_directory ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH prefix_from_pkgconfig
     ${CMAKE_INSTALL_PREFIX}/${pkgconfig_directory} ${CMAKE_INSTALL_PREFIX})

# dosimeter_install_component(NAME): the library dosimeter_NAME, its headers, its targets file, its pkg-config file. Each
# component has its own targets file, so that a user of one needs what that one needs and no more.
function(dosimeter_install_component name)
  install(TARGETS dosimeter_${name} EXPORT dosimeter_${name}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  install(EXPORT dosimeter_${name} NAMESPACE dosimeter:: FILE dosimeter-${name}-targets.cmake
    DESTINATION ${package_directory} COMPONENT development)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/dosimeter-${name}.pc.in dosimeter-${name}.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dosimeter-${name}.pc
    DESTINATION ${pkgconfig_directory} COMPONENT development)
endfunction()

dosimeter_install_component(engine)
if(DOSIMETER_RULES)
  dosimeter_install_component(rules)
endif()

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/dosimeterConfig.cmake.in dosimeterConfig.cmake
  INSTALL_DESTINATION ${package_directory} NO_SET_AND_CHECK_MACRO)
# While 0.x, a minor version may break what embeds it.
write_basic_package_version_file(dosimeterConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/dosimeterConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/dosimeterConfigVersion.cmake
  DESTINATION ${package_directory} COMPONENT development)

if(DOSIMETER_SIM)
  install(TARGETS simulate RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
endif()
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)
