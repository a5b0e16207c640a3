# Compiles through ccache where it is installed; told what it may ignore, it also serves precompiled headers, and one
# checkout what another one compiled.
find_program(ACRX_CCACHE ccache)
mark_as_advanced(ACRX_CCACHE)
if(ACRX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${ACRX_CCACHE})
endif()
