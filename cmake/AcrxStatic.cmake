# Prefers static libraries for what is outside: every shared one costs an executable a third of a millisecond at its start.
set(CMAKE_FIND_LIBRARY_SUFFIXES .a .so)
set(OPENSSL_USE_STATIC_LIBS ON)
set(Boost_USE_STATIC_LIBS ON)

# What a static libarchive leaves to the libraries that it reads with; call it after the rooms are declared.
function(acrx_complete_static_libraries)
  foreach(name lzma bz2 z nettle)
    find_library(acrx_static_${name} ${name} REQUIRED)
    set_property(TARGET LibArchive::LibArchive APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${acrx_static_${name}})
  endforeach()
  set(Boost_USE_STATIC_LIBS OFF PARENT_SCOPE)  # the tests share Boost.Test
endfunction()
