#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anjie::fuzz {

inline std::uint32_t crc32(std::string_view bytes) {
    std::uint32_t crc = 0xFFFFFFFFu;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

/// A sound archive around parts that need not be: without one a fuzzer never gets past the checksums.
inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string out;
    std::string directory;
    const auto put = [](std::string& to, std::uint64_t value, int bytes) {
        for (; bytes > 0; --bytes, value >>= 8) to.push_back(static_cast<char>(value & 0xFF));
    };
    for (const auto& [name, content] : parts) {
        std::string
            about;  // Version, flags, method, time and day, checksum, sizes, length of the name, no extra field.
        put(about, 20, 2), put(about, 0, 2), put(about, 0, 2), put(about, 0x00210000, 4);
        put(about, crc32(content), 4), put(about, content.size(), 4), put(about, content.size(), 4);
        put(about, name.size(), 2), put(about, 0, 2);
        put(directory, 0x02014b50, 4), put(directory, 20, 2);
        directory += about;
        put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 2), put(directory, 0, 4);
        put(directory, out.size(), 4);
        directory += name;
        put(out, 0x04034b50, 4);
        out += about + name + content;
    }
    const auto begins = out.size();
    out += directory;
    put(out, 0x06054b50, 4), put(out, 0, 4), put(out, parts.size(), 2), put(out, parts.size(), 2);
    put(out, directory.size(), 4), put(out, begins, 4), put(out, 0, 2);
    return out;
}

}  // namespace anjie::fuzz
