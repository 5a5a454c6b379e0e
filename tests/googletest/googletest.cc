// All of GoogleTest and its main().
#include "src/gtest-all.cc"
#include "src/gtest_main.cc"
