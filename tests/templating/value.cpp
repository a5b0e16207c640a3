#include <acrx/templating/value.hpp>

#include <boost/json/parse.hpp>
#include <boost/test/unit_test.hpp>

using namespace acrx::templating;

BOOST_AUTO_TEST_SUITE(templating_value)

BOOST_AUTO_TEST_CASE(knows_its_kind_and_type)
{
    struct row
    {
        value v;
        char const* type;
        char const* kind;
        bool truth;
    };
    for (auto const& r : std::vector<row>{
             {{}, "<nil>", "invalid", false},
             {true, "bool", "bool", true},
             {0, "int", "int", false},
             {{7, integer_type::int64}, "int64", "int64", true},
             {{7, integer_type::uint8}, "uint8", "uint8", true},
             {0.0, "float64", "float64", false},
             {0.5, "float64", "float64", true},
             {"", "string", "string", false},
             {"x", "string", "string", true},
             {value_list{}, "[]interface {}", "slice", false},
             {value_list{{}}, "[]interface {}", "slice", true},
             {value::texts({"a"}), "[]string", "slice", true},
             {{value_list{1}, element_type::integer}, "[]int", "slice", true},
             {value_map{}, "map[string]interface {}", "map", false},
             {{value_map{{"a", "b"}}, element_type::text}, "map[string]string", "map", true},
             {moment{}, "time.Time", "struct", true},
             {*parse_version("1.2"), "*semver.Version", "ptr", true},
         }) {
        BOOST_TEST(r.v.type_name() == r.type);
        BOOST_TEST(r.v.kind_name() == r.kind);
        BOOST_TEST(r.v.truth() == r.truth, r.type);
    }
}

BOOST_AUTO_TEST_CASE(comes_from_json)
{
    auto const v = from_json(boost::json::parse(R"({"i":1,"f":1.0,"big":18446744073709551615,"n":null,"l":[true,"x"]})"));
    auto const& map = *v.if_map();
    BOOST_TEST(*map.at("i").if_integer() == 1);
    BOOST_TEST(*map.at("f").if_float() == 1.0);
    BOOST_TEST(*map.at("big").if_float() == 18446744073709551615.0);
    BOOST_TEST(map.at("n").is_nil());
    BOOST_TEST(*map.at("l").if_list()->at(1).if_text() == "x");
}

BOOST_AUTO_TEST_CASE(shares_maps_between_copies)
{
    auto a = value::map_of({{"k", 1}});
    auto const b = a;
    a.if_mutable_map()->insert_or_assign("k", 2);
    BOOST_TEST(*b.if_map()->at("k").if_integer() == 2);
    BOOST_TEST(a.same_object(b));
    BOOST_TEST(!a.same_object(value::map_of({{"k", 2}})));
}

BOOST_AUTO_TEST_CASE(finds_what_it_reaches)
{
    auto const inner = value::map_of({});
    auto const outer = value(value_list{1, value::map_of({{"in", inner}})});
    BOOST_TEST(outer.reaches(inner));
    BOOST_TEST(outer.reaches(outer));
    BOOST_TEST(!inner.reaches(outer));
}

BOOST_AUTO_TEST_SUITE_END()
