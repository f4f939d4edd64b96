# Everything a newcomer needs: `make demo` and `make test` on Debian 12 with a Swift 6.3 toolchain.

PACKAGES = liblua5.4-dev libsqlite3-dev libphonenumber-dev libssl-dev libcurl4-openssl-dev libstdc++-12-dev pkg-config tzdata git
# One configuration for everything, so that each package is compiled once.
BUILD = swift build -c release --build-tests
BIN = .build/release
export SWIFT_BACKTRACE = enable=no

.PHONY: demo test test-all soak mutate bench format check-format build packages sanitize clean

demo: build
	@Scripts/demo.sh $(BIN)/outreach

test: check-format build
	swift test -c release --skip-build --skip LoopbackTests

# For CI: everything `test` does, and what takes longer or other tools.
test-all: test sanitize
	Scripts/test-servers.sh .build/test-servers
	swift test -c release --skip-build --filter LoopbackTests
	@Scripts/install-packages.sh python3
	Scripts/check-embedding.sh $(BIN)/embedding
	python3 Examples/clinic/generate.py --check

# The long tests at their full sizes.
soak: build
	Scripts/test-servers.sh .build/test-servers
	OUTREACH_TEST_SCALE=20 swift test -c release --skip-build

# Removes one rule of the guard or of the outbox at a time and expects a test to fail.
mutate: packages
	Scripts/mutate.sh

# The interpreter's C under the address sanitizer, in a small build of its own.
sanitize: packages
	# What the test runner itself leaks is not ours; our own live objects and bytes are counted by the tests.
	ASAN_OPTIONS=detect_leaks=0 swift test -c debug --sanitize=address \
	  --package-path Tests/Sanitizer --scratch-path .build-asan

bench: build
	Benchmarks/run.sh $(BIN)
	Scripts/test-servers.sh .build/test-servers
	Benchmarks/send.sh $(BIN) .build/test-servers

build: packages
	$(BUILD)

check-format:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Examples Benchmarks

format:
	swift format format --in-place --parallel --recursive Package.swift Sources Tests Examples Benchmarks

packages:
	@Scripts/install-packages.sh $(PACKAGES)

clean:
	rm -rf .build .build-asan
