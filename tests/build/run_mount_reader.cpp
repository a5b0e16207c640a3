#include <acrx/build/detail/run_mount_reader.hpp>

#include <acrx/dockerfile/parse_error.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>

using namespace acrx;

BOOST_AUTO_TEST_SUITE(build_detail_run_mount_reader)

run_mount read(std::string const& text, std::size_t sockets = 0)
{
    detail::mount_surroundings around;
    around.expand = [](std::string_view word) { return word == "$V" ? std::string("value") : std::string(word); };
    around.working_dir = "/work";
    around.cache_namespace = "ns";
    around.sockets_before = sockets;
    auto const written = dockerfile::parse_mount(text);
    if (auto const from = written.get("from"); from && *from != "scratch")
        around.origin = from_stage{3};
    return detail::read_run_mount(written, around);
}

template<class T>
T get(std::string const& text)
{
    return std::get<T>(read(text).what);
}

BOOST_AUTO_TEST_CASE(a_bind_is_the_default_and_read_only)
{
    auto const mount = read("target=sub/../x");
    BOOST_TEST(mount.target == "/work/x");
    auto const& bind = std::get<bound_files>(mount.what);
    BOOST_TEST(std::holds_alternative<from_context>(bind.origin.value()));
    BOOST_TEST(bind.path == "/");
    BOOST_TEST(bind.read_only);
    BOOST_TEST(read("target=.").target == "/work");
    BOOST_TEST(!get<bound_files>("dst=/a,rw").read_only);
    BOOST_TEST(get<bound_files>("dst=/a,rw,ro=true").read_only);
    BOOST_TEST(!get<bound_files>("destination=/a,ro=0").read_only);
    BOOST_TEST(get<bound_files>("target=/a,src=$V").path == "/value");
    BOOST_TEST(std::get<from_stage>(get<bound_files>("from=x,target=/a").origin.value()).index == 3u);
    BOOST_TEST(!get<bound_files>("from=scratch,target=/a").origin.has_value());
}

BOOST_AUTO_TEST_CASE(caches)
{
    auto const plain = get<cache_folder>("type=cache,target=/root/.cache/");
    BOOST_TEST(plain.id == "ns//root/.cache");
    BOOST_TEST((plain.sharing == cache_sharing::shared));
    BOOST_TEST(!plain.origin.has_value());
    BOOST_TEST(!plain.read_only);
    BOOST_TEST(!plain.mode.has_value());
    auto const full = get<cache_folder>("TYPE=Cache,target=c,id=$V,sharing=Locked,mode=0700,uid=1,gid=2,ro,from=x,source=s");
    BOOST_TEST(full.id == "ns/value");
    BOOST_TEST((full.sharing == cache_sharing::locked));
    BOOST_TEST(full.mode.value() == 0700u);
    BOOST_TEST(full.uid.value() == 1u);
    BOOST_TEST(full.gid.value() == 2u);
    BOOST_TEST(full.read_only);
    BOOST_TEST(full.path == "/s");
    BOOST_TEST(full.origin.has_value());
    BOOST_TEST(get<cache_folder>("type=cache,target=c").id == "ns/c");
    BOOST_TEST((get<cache_folder>("type=cache,target=c,sharing=private").sharing == cache_sharing::private_copy));
}

BOOST_AUTO_TEST_CASE(secrets)
{
    BOOST_TEST(read("type=secret,id=a").target == "/run/secrets/a");
    BOOST_TEST(read("type=secret,source=a/b").target == "/run/secrets/b");
    BOOST_TEST(get<secret_value>("type=secret,source=a/b").id == "a/b");
    BOOST_TEST(get<secret_value>("type=secret,target=/etc/npmrc").id == "npmrc");
    BOOST_TEST(read("type=secret,id=a,target=.npmrc").target == "/work/.npmrc");
    auto const variable = read("type=secret,id=a,env=TOKEN");
    BOOST_TEST(variable.target == "");
    BOOST_TEST(std::get<secret_value>(variable.what).variable == "TOKEN");
    BOOST_TEST(read("type=secret,id=a,env=TOKEN,target=/t").target == "/t");
    auto const full = get<secret_value>("type=secret,id=a,required,mode=0440,uid=1,gid=2");
    BOOST_TEST(full.required);
    BOOST_TEST(full.mode == 0440u);
    BOOST_TEST(full.uid == 1u);
    BOOST_TEST(full.gid == 2u);
    BOOST_TEST(get<secret_value>("type=secret,id=a").mode == 0400u);
}

BOOST_AUTO_TEST_CASE(agents_and_memory)
{
    BOOST_TEST(read("type=ssh").target == "/run/buildkit/ssh_agent.0");
    BOOST_TEST(read("type=ssh", 2).target == "/run/buildkit/ssh_agent.2");
    BOOST_TEST(get<agent_socket>("type=ssh").id == "default");
    BOOST_TEST(get<agent_socket>("type=ssh").mode == 0600u);
    BOOST_TEST(get<agent_socket>("type=ssh,id=x,required=true,mode=666").required);
    BOOST_TEST(get<memory_folder>("type=tmpfs,target=/t").size == 0u);
    BOOST_TEST(get<memory_folder>("type=tmpfs,target=/t,size=10m").size == 10u << 20);
}

struct refused
{
    std::string mount;
    std::string text;
};
std::ostream& operator<<(std::ostream& out, refused const& one)
{
    return out << one.mount;
}

std::vector<refused> const mistakes{
    {"target=/a,typ=x", "unexpected key 'typ' in 'typ=x' (did you mean type?)"},
    {"target=/a,size=1", "unexpected key 'size' for mount type 'bind'"},
    {"size=1,type=tmpfs,target=/a", "unexpected key 'size' for mount type 'bind'"},
    {"target=/a,required", "unexpected key 'required' for mount type 'bind'"},
    {"type=cache,target=/a,env=X", "unexpected key 'env' for mount type 'cache'"},
    {"target=/a,x", "invalid field 'x' must be a key=value pair"},
    {"target=/a,ro=maybe", "invalid value for ro: maybe"},
    {"type=tmp,target=/a", "unsupported mount type \"tmp\" (did you mean tmpfs?)"},
    {"type=nonsense,target=/a", "unsupported mount type \"nonsense\""},
    {"target=/a,mode=0700", "mode not allowed for \"bind\" type mounts"},
    {"type=tmpfs,target=/a,uid=1", "uid not allowed for \"tmpfs\" type mounts"},
    {"target=/a,gid=1", "gid not allowed for \"bind\" type mounts"},
    {"target=/a,sharing=shared", "invalid cache sharing set for bind mount"},
    {"type=cache,target=/a,sharing=sharde", "unsupported sharing value \"sharde\" (did you mean shared?)"},
    {"type=secret,id=a,from=x", "secret mount should not have a from"},
    {"type=secret,id=a,sharing=locked", "secret mount should not define sharing"},
    {"type=secret,id=a,source=b", "both source and id can't be set"},
    {"type=secret", "invalid secret mount. one of source, target required"},
    {"type=ssh,source=x", "ssh does not support source"},
    {"type=cache,target=/a,mode=rwx", "invalid value rwx for mode"},
    {"type=cache,target=/a,mode=0798", "invalid value 0798 for mode"},
    {"type=cache,target=/a,uid=-1", "invalid value -1 for uid"},
    {"type=tmpfs,target=/a,size=big", "invalid value for size: big"},
    {"target=/", "invalid mount target \"/\""},
    {"target=..", "invalid mount target \"/\""},
    {"source=a", "invalid mount target \"\""},
    {"type=cache", "invalid mount target \"\""},
};

BOOST_DATA_TEST_CASE(refuses_in_the_usual_words, boost::unit_test::data::make(mistakes), one)
{
    BOOST_CHECK_EXCEPTION(read(one.mount), dockerfile::parse_error, [&](auto const& e) {
        BOOST_TEST(e.text() == one.text);
        return e.code() == errc::invalid_instruction;
    });
}

BOOST_AUTO_TEST_SUITE_END()
