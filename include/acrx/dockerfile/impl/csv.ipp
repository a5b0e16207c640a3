// Bodies of dockerfile/detail/csv.hpp.
#ifndef ACRX_DOCKERFILE_IMPL_CSV_IPP
#define ACRX_DOCKERFILE_IMPL_CSV_IPP
#include <acrx/dockerfile/detail/csv.hpp>
#include <acrx/dockerfile/parse_error.hpp>

namespace acrx::dockerfile::detail {
[[noreturn]] inline void refuse_csv(std::size_t at, char const* why)
{
    throw parse_error(errc::invalid_instruction, {},
                      "parse error on line 1, column " + std::to_string(at + 1) + ": " + why);
}

ACRX_DECL std::vector<std::string> split_csv(std::string_view record)
{
    if (record.empty())
        throw parse_error(errc::invalid_instruction, {}, "EOF");
    std::vector<std::string> fields;
    std::size_t i = 0;
    for (;;) {
        std::string field;
        if (i < record.size() && record[i] == '"') {
            for (++i;; ++i) {
                if (i == record.size())
                    refuse_csv(i, "extraneous or missing \" in quoted-field");
                if (record[i] != '"')
                    field += record[i];
                else if (i + 1 < record.size() && record[i + 1] == '"')
                    field += record[i++];
                else
                    break;
            }
            if (++i < record.size() && record[i] != ',')
                refuse_csv(i - 1, "extraneous or missing \" in quoted-field");
        } else {
            for (; i < record.size() && record[i] != ','; ++i) {
                if (record[i] == '"')
                    refuse_csv(i, "bare \" in non-quoted-field");
                field += record[i];
            }
        }
        fields.push_back(std::move(field));
        if (i++ >= record.size())
            return fields;
    }
}
}  // namespace acrx::dockerfile::detail
#endif
