#include <cstdio>

#include "adapters/zip/reader.hpp"

// zip_probe FILE: reads every entry; prints what it found, or why the archive was refused.
int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const auto archive = anjie::zip::Reader::open(std::filesystem::path(argv[1]));
    if (!archive) {
        std::printf("%s\n", archive.error().detail.c_str());
        return 3;
    }
    for (const auto& entry : archive->entries()) {
        const auto content = archive->read(entry.name);
        if (!content) {
            std::printf("%s\n", content.error().detail.c_str());
            return 3;
        }
        std::printf("%s %zu\n", entry.name.c_str(), content->size());
    }
    return 0;
}
