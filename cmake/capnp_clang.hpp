// Forced into every file of the clang build: Cap'n Proto 0.9.2's headers use these operators before clang can find them.
#pragma once
#ifdef __cplusplus
namespace kj {
class StringPtr;
inline bool operator==(const char* a, const StringPtr& b);
inline bool operator!=(const char* a, const StringPtr& b);
}  // namespace kj
#endif
