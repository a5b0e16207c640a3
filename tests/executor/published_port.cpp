#include <acrx/executor/published_port.hpp>

#include <acrx/core/error.hpp>
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>
using namespace acrx;

BOOST_AUTO_TEST_SUITE(executor_published_port)

std::string text_of(published_port const& port)
{
    return port.host_address + " " + std::to_string(port.host_port) + " " + std::to_string(port.container_port) + " "
           + port.protocol;
}

BOOST_AUTO_TEST_CASE(every_form_is_read)
{
    struct line
    {
        std::string text;
        std::vector<std::string> ports;
    };
    for (auto const& [text, ports] : std::vector<line>{
             {"80", {"127.0.0.1 0 80 tcp"}},
             {"8080:80", {"127.0.0.1 8080 80 tcp"}},
             {"53:53/udp", {"127.0.0.1 53 53 udp"}},
             {"0.0.0.0:8080:80", {"0.0.0.0 8080 80 tcp"}},
             {"10.1.2.3::80/sctp", {"10.1.2.3 0 80 sctp"}},
             {"8000-8001:90-91", {"127.0.0.1 8000 90 tcp", "127.0.0.1 8001 91 tcp"}},
             {"90-91", {"127.0.0.1 0 90 tcp", "127.0.0.1 0 91 tcp"}},
             {"1:65535", {"127.0.0.1 1 65535 tcp"}},
         }) {
        std::vector<std::string> read;
        for (auto const& port : parse_published_ports(text))
            read.push_back(text_of(port));
        BOOST_TEST(read == ports, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(everything_else_is_refused_and_quoted)
{
    for (std::string const text : {"", ":", "0", "65536", "x", "80/ip", "80/", "8080:", "a:80", "1.2.3:80:80", "8000-8002:90-91",
                                   "91-90", "-1", "80:80:80:80", " 80", "host:80:80"})
        BOOST_CHECK_EXCEPTION(parse_published_ports(text), error, [&](error const& e) {
            return e.code() == errc::invalid_argument && e.text().find('"' + text + '"') != std::string::npos;
        });
    BOOST_CHECK_EXCEPTION(parse_published_ports("[::1]:80:80"), error,
                          [](error const& e) { return e.code() == errc::not_supported; });
}
BOOST_AUTO_TEST_SUITE_END()
