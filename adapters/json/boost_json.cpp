// The one place where Boost.JSON itself is compiled; everybody else includes <boost/json.hpp> and links anjie::json.
#include <boost/json/src.hpp>
