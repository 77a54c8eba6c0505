# How this project declares a library, a test and an embedded data file.

# anjie_library(engine SOURCES a.cpp ... HEADERS a.hpp ... PUBLIC targets... PRIVATE targets...)
# makes the static library anjie_<name>, alias anjie::<name>; without SOURCES, a library of headers alone.
# Every header is compiled alone with the tests.
function(anjie_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;HEADERS;PUBLIC;PRIVATE" ${ARGN})
  set(target anjie_${name})
  if(NOT arg_SOURCES)
    add_library(${target} INTERFACE)
    add_library(anjie::${name} ALIAS ${target})
    target_sources(${target} INTERFACE FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
    target_compile_features(${target} INTERFACE cxx_std_23)
    target_link_libraries(${target} INTERFACE ${arg_PUBLIC})
    return()
  endif()
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(anjie::${name} ALIAS ${target})
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${arg_HEADERS})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  target_compile_features(${target} PUBLIC cxx_std_23)
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
endfunction()

# anjie_test(engine SOURCES ... LINK targets...) makes the Catch2 binary test_<name>, run by CTest.
# Extra arguments of CTest's run: ARGS; a longer limit than 120 s: TIMEOUT.
function(anjie_test name)
  cmake_parse_arguments(arg "" "TIMEOUT" "SOURCES;LINK;ARGS" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(test_${name} PRIVATE ${arg_LINK} anjie_catch)
  add_test(NAME ${name} COMMAND test_${name} --durations no ${arg_ARGS})
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 120)
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
endfunction()

# anjie_capnp(target schema.capnp) compiles a Cap'n Proto schema into the target, included as "<path>/schema.capnp.h".
function(anjie_capnp target schema)
  cmake_path(GET schema STEM stem)
  file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  set(out ${PROJECT_BINARY_DIR}/generated)
  add_custom_command(
    OUTPUT ${out}/${folder}/${schema}.c++ ${out}/${folder}/${schema}.h
    COMMAND ${CMAKE_COMMAND} -E make_directory ${out}/${folder}
    COMMAND capnp compile -oc++:${out} --src-prefix=${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/${schema}
    DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${schema}
    COMMENT "capnp ${folder}/${schema}" VERBATIM)
  target_sources(${target} PRIVATE ${out}/${folder}/${schema}.c++)
  set_source_files_properties(${out}/${folder}/${schema}.c++ PROPERTIES COMPILE_OPTIONS "-w")
  target_include_directories(${target} SYSTEM PUBLIC $<BUILD_INTERFACE:${out}>)
  target_link_libraries(${target} PUBLIC CapnProto::capnp)
endfunction()

# anjie_embed(target NAMESPACE ns FILES a.json ...) turns data files into string constants of the program:
# `#include "embedded_<target>.hpp"` gives ns::embedded_files(), a list of {name, text}. A target with more than one
# set of files tells them apart by NAME (then embedded_<name>.hpp) and by the namespace.
function(anjie_embed target)
  cmake_parse_arguments(arg "" "NAMESPACE;NAME" "FILES" ${ARGN})
  if(NOT arg_NAME)
    set(arg_NAME ${target})
  endif()
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(inputs "")
  foreach(file IN LISTS arg_FILES)
    list(APPEND inputs ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(
    OUTPUT ${out}/embedded_${arg_NAME}.cpp ${out}/embedded_${arg_NAME}.hpp
    COMMAND ${CMAKE_COMMAND} -DOUT=${out}/embedded_${arg_NAME} -DNAMESPACE=${arg_NAMESPACE} -DNAME=embedded_${arg_NAME}
            "-DFILES=${inputs}" -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
    COMMENT "embed ${arg_NAME}" VERBATIM)
  target_sources(${target} PRIVATE ${out}/embedded_${arg_NAME}.cpp)
  target_include_directories(${target} PRIVATE ${out})
endfunction()
