// Bodies of io/yaml.hpp.
#ifndef ACRX_IO_IMPL_YAML_IPP
#define ACRX_IO_IMPL_YAML_IPP
#include <acrx/io/text_error.hpp>
#include <acrx/io/yaml.hpp>

#include <yaml.h>

#include <map>

namespace acrx::detail {
/// Turns the events of libyaml into a tree.
class yaml_reader
{
public:
    yaml_reader(numbered_text const& from, std::string const& file) : file_(file), from_(from)
    {
        if (yaml_parser_initialize(&parser_) == 0)
            throw error(errc::unavailable, "starting the YAML parser");
        yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&parser_, reinterpret_cast<unsigned char const*>(from.text.data()),
                                     from.text.size());
    }
    yaml_reader(yaml_reader const&) = delete;
    yaml_reader& operator=(yaml_reader const&) = delete;
    ~yaml_reader() { yaml_parser_delete(&parser_); }

    yaml_ptr document()
    {
        while (true) {
            auto const e = next();
            if (e->type == YAML_STREAM_END_EVENT)
                return nullptr;
            if (e->type == YAML_DOCUMENT_START_EVENT)
                break;
        }
        auto const first = next();
        auto root = node(*first, 0);
        next();  // the end of the document: what follows it at once is looked at, too
        auto const after = next();
        if (after->type != YAML_STREAM_END_EVENT)
            throw text_error(errc::syntax, file_, place(after->start_mark), "a second YAML document begins here",
                             "Keep one document in a file: remove what follows '---'.");
        return root;
    }

private:
    struct event_deleter
    {
        void operator()(yaml_event_t* e) const noexcept
        {
            yaml_event_delete(e);
            delete e;
        }
    };
    using event_ptr = std::unique_ptr<yaml_event_t, event_deleter>;
    static constexpr std::size_t max_depth = 200;
    static constexpr std::size_t max_merged = 1'000'000;

    source_place place(yaml_mark_t const& mark) const { return from_.in_file({mark.line + 1, mark.column + 1}); }
    static std::string text(unsigned char const* bytes)
    {
        return bytes == nullptr ? std::string{} : reinterpret_cast<char const*>(bytes);
    }

    event_ptr next()
    {
        event_ptr e(new yaml_event_t{});
        if (yaml_parser_parse(&parser_, e.get()) == 0)
            fail();
        return e;
    }

    [[noreturn]] void fail() const
    {
        if (parser_.error == YAML_MEMORY_ERROR)
            throw error(errc::unavailable, "reading " + file_ + ": out of memory");
        std::string what = parser_.problem == nullptr ? "broken YAML" : parser_.problem;
        source_place where;
        if (parser_.error == YAML_SCANNER_ERROR && parser_.context != nullptr)
            where = place(parser_.context_mark);  // where the token begins says more than where it fails
        else if (parser_.error != YAML_READER_ERROR)
            where = place(parser_.problem_mark);
        if (parser_.context != nullptr) {
            what += std::string(" ") + parser_.context;
            if (auto const begin = place(parser_.context_mark).line; begin != where.line)
                what += " that begins on line " + std::to_string(begin);
        }
        throw text_error(errc::syntax, file_, where, "this is no YAML: " + what,
                         "Look for a missing quote, bracket or colon, for a tab, and at the indentation.");
    }

    yaml_ptr node(yaml_event_t const& e, std::size_t depth)
    {
        auto const where = place(e.start_mark);
        if (depth > max_depth)
            throw text_error(errc::syntax, file_, where, "lists and maps are nested too deeply",
                             "At most " + std::to_string(max_depth) + " levels.");
        switch (e.type) {
        case YAML_ALIAS_EVENT: return known(text(e.data.alias.anchor), where);
        case YAML_SCALAR_EVENT: return scalar(e, where);
        case YAML_SEQUENCE_START_EVENT: return list(e, where, depth);
        default: return map(e, where, depth);
        }
    }

    yaml_ptr known(std::string const& anchor, source_place where) const
    {
        auto const found = anchors_.find(anchor);
        if (found == anchors_.end())
            throw text_error(errc::syntax, file_, where, "unknown anchor '" + anchor + "'",
                             "Define it as &" + anchor + " before it is used, and not inside itself.");
        return found->second;
    }

    yaml_ptr keep(unsigned char const* anchor, yaml_node&& made)
    {
        auto const kept = std::make_shared<yaml_node const>(std::move(made));
        if (anchor != nullptr)
            anchors_[text(anchor)] = kept;
        return kept;
    }

    yaml_ptr scalar(yaml_event_t const& e, source_place where)
    {
        auto const& s = e.data.scalar;
        yaml_node made;
        made.text.assign(reinterpret_cast<char const*>(s.value), s.length);
        made.tag = text(s.tag);
        made.plain = s.style == YAML_PLAIN_SCALAR_STYLE && made.tag.empty();
        made.where = where;
        return keep(s.anchor, std::move(made));
    }

    yaml_ptr list(yaml_event_t const& start, source_place where, std::size_t depth)
    {
        yaml_node made;
        made.kind = yaml_kind::list;
        made.tag = text(start.data.sequence_start.tag);
        made.where = where;
        for (auto e = next(); e->type != YAML_SEQUENCE_END_EVENT; e = next())
            made.items.push_back(node(*e, depth + 1));
        return keep(start.data.sequence_start.anchor, std::move(made));
    }

    yaml_ptr map(yaml_event_t const& start, source_place where, std::size_t depth)
    {
        yaml_node made;
        made.kind = yaml_kind::map;
        made.tag = text(start.data.mapping_start.tag);
        made.where = where;
        std::map<std::string, std::size_t> places;
        std::vector<yaml_ptr> merges;
        for (auto e = next(); e->type != YAML_MAPPING_END_EVENT; e = next()) {
            auto key = node(*e, depth + 1);
            if (key->kind != yaml_kind::scalar)
                throw text_error(errc::syntax, file_, key->where, "a key must be a text",
                                 "A key that begins with { or [ needs quotes.");
            auto const after = next();
            auto value = node(*after, depth + 1);
            if (key->plain && key->text == "<<")
                merges.push_back(std::move(value));
            else if (auto const [known, is_new] = places.emplace(key->text, made.entries.size()); is_new)
                made.entries.emplace_back(std::move(key), std::move(value));
            else
                made.entries[known->second] = {std::move(key), std::move(value)};
        }
        for (auto const& from : merges)
            merge(*from, made, places);
        return keep(start.data.mapping_start.anchor, std::move(made));
    }

    /// Fills in what is missing from a map, or a list of maps, that `<<` names.
    void merge(yaml_node const& from, yaml_node& into, std::map<std::string, std::size_t>& places)
    {
        if (from.kind == yaml_kind::list) {
            for (auto const& item : from.items)
                merge(*item, into, places);
            return;
        }
        if (from.kind != yaml_kind::map)
            throw text_error(errc::syntax, file_, from.where, "'<<' must name a map, or a list of maps");
        merged_ += from.entries.size() + 1;
        if (merged_ > max_merged)
            throw text_error(errc::syntax, file_, from.where, "'<<' is used too often",
                             "At most " + std::to_string(max_merged) + " entries can be merged in one file.");
        for (auto const& entry : from.entries)
            if (places.emplace(entry.first->text, into.entries.size()).second)
                into.entries.push_back(entry);
    }

    yaml_parser_t parser_{};
    std::string const& file_;
    numbered_text const& from_;
    std::map<std::string, yaml_ptr> anchors_;
    std::size_t merged_ = 0;
};

ACRX_DECL yaml_ptr parse_yaml(numbered_text const& text, std::string const& file)
{
    return yaml_reader(text, file).document();
}
}  // namespace acrx::detail
#endif
