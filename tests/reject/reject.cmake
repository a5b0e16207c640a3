# Compiles FILE as it stands, then with ACRX_REJECT, which must fail with a short text that matches MESSAGE.
# cmake -D FILE=.. -D MESSAGE=REGEX -D CXX=COMPILER -D INCLUDE=FOLDERS -P reject.cmake
list(REMOVE_DUPLICATES INCLUDE)
list(TRANSFORM INCLUDE PREPEND -I)
set(compile ${CXX} -std=c++20 -fsyntax-only -DACRX_COMPILED ${INCLUDE} ${FILE})

execute_process(COMMAND ${compile} RESULT_VARIABLE status ERROR_VARIABLE output)
if(status)
  message(FATAL_ERROR "the twin that must compile does not:\n${output}")
endif()

execute_process(COMMAND ${compile} -DACRX_REJECT RESULT_VARIABLE status ERROR_VARIABLE output)
if(status EQUAL 0)
  message(FATAL_ERROR "compiles, but must be rejected")
endif()
if(NOT output MATCHES "${MESSAGE}")
  message(FATAL_ERROR "is rejected, but the message does not name ${MESSAGE}:\n${output}")
endif()
string(REGEX MATCHALL "\n" lines "${output}")
list(LENGTH lines count)
if(count GREATER 40)
  message(FATAL_ERROR "is rejected, but in ${count} lines:\n${output}")
endif()
