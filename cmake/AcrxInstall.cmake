# Installs the headers and a package: find_package(acrx CONFIG [COMPONENTS ROOM...]).
# Each room is a component with an export file of its own, so that a user needs only what the room needs.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(acrx_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/acrx)

function(acrx_install target component)
  install(TARGETS ${target} EXPORT acrx_${component}
    FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
    FILE_SET bodies DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  install(EXPORT acrx_${component} NAMESPACE acrx:: DESTINATION ${acrx_package_dir}
    FILE acrx-${component}.cmake COMPONENT development)
endfunction()

# The table of rooms, as the package needs it.
get_property(acrx_rooms GLOBAL PROPERTY ACRX_ROOMS)
set(acrx_room_table "")
foreach(room IN LISTS acrx_rooms)
  get_property(below GLOBAL PROPERTY ACRX_BELOW_${room})
  get_property(libraries GLOBAL PROPERTY ACRX_LIBRARIES_${room})
  string(APPEND acrx_room_table "set(acrx_${room}_rooms ${below})\nset(acrx_${room}_libraries ${libraries})\n")
  acrx_install(acrx_${room} ${room})
endforeach()
acrx_install(acrx acrx)

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/acrxConfig.cmake.in acrxConfig.cmake
  INSTALL_DESTINATION ${acrx_package_dir} NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(acrxConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES
  ${PROJECT_BINARY_DIR}/acrxConfig.cmake
  ${PROJECT_BINARY_DIR}/acrxConfigVersion.cmake
  ${PROJECT_SOURCE_DIR}/cmake/AcrxDependencies.cmake
  DESTINATION ${acrx_package_dir} COMPONENT development)
