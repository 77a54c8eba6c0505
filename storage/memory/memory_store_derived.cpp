#include "storage/memory/detail/memory_store_impl.hpp"

namespace anjie {

void MemoryStore::Impl::put_row(const Generation& generation, const std::string& key,
                                std::optional<std::string> value) {
    auto& table = rows[generation];
    const auto found = table.find(key);
    std::optional<std::string> before;
    if (found != table.end()) before = found->second;
    undo.push_back([this, generation, key, before = std::move(before)] {
        if (before)
            rows[generation][key] = *before;
        else
            rows[generation].erase(key);
    });
    if (value)
        table[key] = std::move(*value);
    else
        table.erase(key);
}

void MemoryStore::Impl::put_head(const std::string& name, const DerivedHead& head) {
    const auto found = heads.find(name);
    std::optional<DerivedHead> before;
    if (found != heads.end()) before = found->second;
    undo.push_back([this, name, before] {
        if (before)
            heads[name] = *before;
        else
            heads.erase(name);
    });
    heads[name] = head;
}

Result<std::optional<std::string>> MemoryStore::get(const DerivedName& name, std::string_view key) const {
    const std::shared_lock lock(impl_->mutex);
    const auto table = impl_->rows.find({name.name, name.generation});
    if (table == impl_->rows.end()) return std::nullopt;
    const auto row = table->second.find(key);
    if (row == table->second.end()) return std::nullopt;
    return row->second;
}

Result<std::vector<std::optional<std::string>>> MemoryStore::get_many(const DerivedName& name,
                                                                      const std::vector<std::string>& keys) const {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const auto& key : keys) {
        ANJIE_TRY(auto value, get(name, key));
        values.push_back(std::move(value));
    }
    return values;
}

Result<void> MemoryStore::scan(const DerivedName& name, std::string_view from, std::string_view to,
                               const RowVisitor& visit) const {
    Impl::Rows moment;
    {
        const std::shared_lock lock(impl_->mutex);
        const auto table = impl_->rows.find({name.name, name.generation});
        if (table == impl_->rows.end() || (!to.empty() && to <= from)) return {};
        const auto& rows = table->second;
        moment.insert(rows.lower_bound(from), to.empty() ? rows.end() : rows.lower_bound(to));
    }
    for (const auto& [key, value] : moment)
        if (!visit(key, value)) return {};
    return {};
}

Result<std::optional<DerivedHead>> MemoryStore::head(std::string_view name) const {
    const std::shared_lock lock(impl_->mutex);
    const auto found = impl_->heads.find(name);
    if (found == impl_->heads.end()) return std::nullopt;
    return found->second;
}

Result<std::vector<std::string>> MemoryStore::names() const {
    const std::shared_lock lock(impl_->mutex);
    std::vector<std::string> names;
    for (const auto& [name, head] : impl_->heads) names.push_back(name);
    return names;
}

Result<void> MemoryStore::write(const DerivedName& name, const std::vector<DerivedWrite>& rows,
                                const std::optional<DerivedHead>& head) {
    const std::unique_lock lock(impl_->mutex);
    ANJIE_CHECK(impl_->refuse_after_failure());
    for (const auto& row : rows) impl_->put_row({name.name, name.generation}, row.key, row.value);
    if (head) impl_->put_head(name.name, *head);
    return {};
}

Result<void> MemoryStore::load(const DerivedName& name, const std::vector<DerivedWrite>& rows) {
    return write(name, rows, std::nullopt);
}

Result<void> MemoryStore::make_durable() {
    const std::unique_lock lock(impl_->mutex);
    ANJIE_CHECK(impl_->refuse_after_failure());
    impl_->became_durable();
    return {};
}

Result<void> MemoryStore::drop(const DerivedName& name) {
    const std::unique_lock lock(impl_->mutex);
    ANJIE_CHECK(impl_->refuse_after_failure());
    const Impl::Generation generation{name.name, name.generation};
    const auto table = impl_->rows.find(generation);
    if (table == impl_->rows.end()) return {};
    impl_->undo.push_back([this, generation, before = std::move(table->second)] { impl_->rows[generation] = before; });
    impl_->rows.erase(table);
    return {};
}

}  // namespace anjie
