#include "adapters/anjie/whole_file.hpp"

#include <unistd.h>

#include "adapters/process_mining/replaced_file.hpp"

namespace anjie {

Result<void> write_lines(const std::filesystem::path& file,
                         const std::function<Result<void>(const views::LineSink&)>& fill) {
    if (file == "-") {
        process_mining::DescriptorSink out(STDOUT_FILENO);
        return fill([&](std::string_view line) { return out.write(line); });
    }
    ANJIE_TRY(auto whole, process_mining::ReplacedFile::create(file));
    ANJIE_CHECK(fill([&](std::string_view line) { return whole.write(line); }));
    return whole.commit();
}

}  // namespace anjie
