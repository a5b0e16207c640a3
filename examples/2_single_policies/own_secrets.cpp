// Renders a task file whose secrets come from a resolver of our own. Usage: own_secrets TASK_FILE
#include <acrx/identity/secret_resolver.hpp>
#include <acrx/io/files.hpp>
#include <acrx/task.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include <iostream>

/// A vault that knows every secret: it is the name of where it is kept, backwards.
struct toy_vault
{
    acrx::net::awaitable<std::string> resolve(acrx::secret_reference reference)
    {
        co_return std::string(reference.where.rbegin(), reference.where.rend());
    }
};
static_assert(acrx::secret_resolver<toy_vault>);

acrx::net::awaitable<std::string> render(std::string text)
{
    toy_vault vault;
    acrx::task_data data;
    auto const task = acrx::split_task(text, "task");
    for (auto const& secret : acrx::find_secrets(task, data)) {
        acrx::secret_reference reference{secret.keyvault, secret.client_id};
        auto value = co_await vault.resolve(std::move(reference));
        data.secrets.emplace(secret.id, std::move(value));
    }
    co_return acrx::render_task(task, data).body.text;
}

int main(int argc, char** argv)
try {
    if (argc != 2)
        throw std::invalid_argument("usage: own_secrets TASK_FILE");
    acrx::net::io_context host;
    auto rendered = co_spawn(host, render(acrx::read_file(argv[1], acrx::task_file::max_text)), acrx::net::use_future);
    host.run();
    std::cout << rendered.get();
    return 0;
} catch (std::exception const& e) {
    std::cerr << "own_secrets: " << e.what() << '\n';
    return 1;
}
