#pragma once

#include <string_view>

namespace anjie {

/// Tells the service manager that started this process how it is ("READY=1", "STOPPING=1"), by a datagram to
/// $NOTIFY_SOCKET; without one nobody wants to know, and a lost one harms nobody.
void tell_service_manager(std::string_view state);

}  // namespace anjie
