// The same program as C++17: who includes the header from C++ needs no newer compiler than that.
#include "header_c_test.c"  // NOLINT(bugprone-suspicious-include)
