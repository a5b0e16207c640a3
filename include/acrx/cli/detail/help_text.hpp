// The ends of the help texts: examples, environment, exit codes.
#ifndef ACRX_CLI_DETAIL_HELP_TEXT_HPP
#define ACRX_CLI_DETAIL_HELP_TEXT_HPP

#include <acrx/cli/exit_status.hpp>

#include <string>
#include <string_view>

namespace acrx::cli::detail {
inline constexpr std::string_view program_footer = R"(
Examples:
  acrx-quick build -t app:1 .                               into the local store
  acrx-quick build -r registry.example.com -t app:1 .       and to a registry
  acrx-quick run -r registry.example.com .                  the task acb.yaml: builds, tests, pushes
  acrx-quick ls
  acrx-quick COMMAND --help
)";

inline constexpr std::string_view build_footer = R"(
Examples:
  acrx-quick build -t hello:1 examples/hello
  acrx-quick build -r localhost:5000 -t app:{{.Run.ID}} -t app:latest .
  acrx-quick build -r registry.example.com -t app:1 -f docker/Dockerfile --build-arg V=1 .
  acrx-quick build --no-push -t app:test --target test --output type=docker,dest=app.tar .
  acrx-quick build --no-push --output root .                        the root filesystem as files
  acrx-quick build --no-push --output - . | tar tv                  and as a tar
  acrx-quick build -t app:1 --sbom=true --provenance=mode=max .     with attestations, else there are none
  TOKEN=... acrx-quick build --secret-build-arg TOKEN -t app:1 .

Names without a registry stay in the local store unless -r gives one. Credentials are those of docker login
and podman login, and proxies those of Docker's config.json. SOURCE_DATE_EPOCH (environment, --build-arg or ARG)
sets the time of everything new in the image; with --output ...,rewrite-timestamp=true no file in a new layer is later.

The fields of --output: type=image[,name=NAME][,push=BOOL][,push-by-digest=BOOL][,name-canonical=BOOL]
[,dangling-name-prefix=NAME][,registry.insecure=BOOL], type=oci|docker,dest=PATH[,name=NAME][,tar=false],
type=tar|local,dest=PATH[,platform-split=BOOL][,mode=copy|delete], type=cacheonly. Those with an image also know
compression=gzip|zstd|estargz|uncompressed, compression-level=N, force-compression=BOOL (layers of the base too),
oci-mediatypes=BOOL, oci-artifact=BOOL, rewrite-timestamp=BOOL, prefer-nondist-layers=BOOL (false takes along what only
other servers distribute) and annotation[-PLACE][[PLATFORM]].KEY=VALUE. 'dest=-' is standard output; the log then goes to
standard error.

Attestations are attached to images; type=tar|local has them as files, provenance.json and sbom.spdx.json, that tell of all
others. filename=NAME in --provenance, --sbom or --attest is another name, inline-only=true leaves them to images.
)";

inline constexpr std::string_view context_help =
    "Folder, tar archive or zip with the files of the build, - for one on standard input, or the address of a git repository "
    "(URL.git#REF:FOLDER), an archive, or an oci:// artifact";

inline constexpr std::string_view run_footer = R"(
Examples:
  acrx-quick run -r localhost:5000 .                          the task acb.yaml of this folder
  acrx-quick run -f acr-task.yaml --set version=2 .
  acrx-quick run --cmd 'debian:12 cat /etc/os-release' /dev/null
  acrx-quick run -f - /dev/null < task.yaml
  acrx-quick run --graph dot . | dot -Tsvg > task.svg

Steps see the context in /workspace and find each other by id. Credentials are those of docker login and podman login.
)";

inline constexpr std::string_view list_footer = R"(
Examples:
  acrx-quick ls
  acrx-quick ls -o json
)";

inline constexpr std::string_view usage_footer = R"(
Examples:
  acrx-quick du
  acrx-quick du -o json
)";

inline constexpr std::string_view inspect_footer = R"(
Examples:
  acrx-quick inspect hello:1
  acrx-quick inspect sha256:4f2a -o table
)";

inline constexpr std::string_view prune_footer = R"(
Removes manifests without a name, layers that neither a named image nor the cache uses, and what crashed builds
have left. Waits for nothing: while a build runs it says so and removes nothing.

Examples:
  acrx-quick prune
  acrx-quick prune --older-than 7d --keep-storage 10GB
  acrx-quick prune --all --filter type=layer
  acrx-quick prune --all
)";

inline constexpr std::string_view index_footer = R"(
Reads the layers of the image once, without storing them, and keeps the list of what they hold: COPY onto the image
then needs none of its layers. With --push the list goes beside the image in its registry, where builds on other
machines find it with --base-indexes. Whoever may write to that repository is believed.

Examples:
  acrx-quick index registry.example.com/base:1 --push
  acrx-quick build --base-indexes -r registry.example.com -t app:1 .
)";

inline std::string exit_status_help()
{
    std::string text = "\nExit codes:\n";
    for (auto const& line : exit_statuses) {
        auto const number = std::to_string(static_cast<int>(line.status));
        text += "  " + std::string(3 - number.size(), ' ') + number + "  " + std::string(line.meaning) + "\n";
    }
    return text;
}
}  // namespace acrx::cli::detail
#endif
