// Reads the files of tests/dockerfile/data/.
#ifndef ACRX_TESTS_DOCKERFILE_CORPUS_HPP
#define ACRX_TESTS_DOCKERFILE_CORPUS_HPP
#include <acrx/dockerfile/file.hpp>
#include <acrx/dockerfile/syntax_tree.hpp>

#include <support/test_data.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace dockerfile_corpus {
inline std::string const root = acrx::testing::data_path("dockerfile/data/").string();

inline std::string read(std::filesystem::path const& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file)
        throw std::runtime_error("cannot read " + path.string());
    return {std::istreambuf_iterator<char>(file), {}};
}

inline boost::json::array table(std::string const& name)
{
    auto rows = boost::json::parse(read(root + name)).as_array();
    if (rows.empty())
        throw std::runtime_error(name + " is empty");
    return rows;
}

/// The text of a member; empty if it is not there.
inline std::string text(boost::json::object const& row, std::string_view name)
{
    auto const* value = row.if_contains(name);
    return value == nullptr ? std::string() : std::string(value->as_string());
}

/// What the tables say about a tree, but the dump.
inline void check_tree(boost::json::object const& expected, acrx::dockerfile::syntax_tree const& tree)
{
    BOOST_CHECK_EQUAL(std::string(1, tree.escape), text(expected, "escape"));
    BOOST_CHECK_EQUAL(tree.warnings.size(), static_cast<std::size_t>(expected.at("warnings").as_int64()));
    BOOST_CHECK_EQUAL(tree.syntax.value_or(""), text(expected, "syntax"));
}

/// What the tables say about stages and global arguments.
inline void check_stages(boost::json::object const& expected, acrx::dockerfile::file const& f)
{
    boost::json::array stages;
    for (auto const& s : f.stages) {
        boost::json::array commands;
        for (auto const& i : s.instructions)
            commands.emplace_back(acrx::dockerfile::keyword_of(i.what));
        stages.push_back({{"base", s.base}, {"commands", commands}, {"name", s.name}, {"platform", s.platform}});
    }
    BOOST_CHECK_EQUAL(boost::json::serialize(stages), boost::json::serialize(expected.at("stages")));
    boost::json::array names;
    for (auto const& global : f.global_args)
        for (auto const& declared : global.what.declarations)
            names.emplace_back(declared.name);
    BOOST_CHECK_EQUAL(boost::json::serialize(names), boost::json::serialize(expected.at("global_args")));
}
}  // namespace dockerfile_corpus
#endif
