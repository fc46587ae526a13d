# Everything a person types. Each target does its own set-up; nothing is asked.

SHELL := /bin/sh
PRODUCTS := .build/release
SWIFT_FLAGS ?=
# Tests see what is internal, which what people run is not built for; so they have a folder of their own.
TESTS := .build-tests
TEST_FLAGS := -c release --scratch-path $(TESTS)
export CONCORD_TESTING := 1
# Far longer than the tests take; one that waits for what never comes must not hold everything else up.
TEST_SECONDS ?= 1200

.PHONY: help run test test-kit setup build build-tests dist dist-test lint judge vsix editor-test test-editors counts prints soak fuzz bench clean
.DEFAULT_GOAL := help

help:
	@echo "make run     build Concord, check Examples/, and show a short conversation with the server"
	@echo "make test    everything that must hold before a change lands (what CI runs)"
	@echo "make test-kit plugins in Swift begun and built outside the repository, and the tutorial to its end"
	@echo "make dist    dist/concord-VERSION-linux-ARCH.tar.gz and a Debian package, with every library that a small Linux lacks"
	@echo "make dist-test   both, in a minimal Debian without Swift, as an ordinary user with an empty home"
	@echo "make soak    the same properties over 1,000,000 random edits; 30 minutes (SOAK_SECONDS) of everything at once against"
	@echo "             a fresh check; the tests built with address and with thread sanitizer"
	@echo "make fuzz    everything that reads what others made, under libFuzzer (FUZZ_SECONDS for each of six, default 600)"
	@echo "make bench   every goal of speed and size beside what is measured, and beside Python's json.loads of the same bytes;"
	@echo "             ONLY=open-16,check-* for some rows, QUICK=1 to try all, PEERS=1, WRITE=1 for Docs/PERFORMANCE.md"
	@echo "make counts  instructions of parsing, editing and checking, beside those that are known; ACCEPT=1 when they are meant"
	@echo "make vsix    pack the extension for VS Code: dist/concord-VERSION.vsix"
	@echo "make test-editors  Kate and JupyterLab, on a screen that nobody sees, with pictures of it"
	@echo "make prints  print rules.json, Docs/rules.md and the plugins' tables anew"

setup:
	@Scripts/setup.sh

build: setup
	env -u CONCORD_TESTING swift build -c release $(SWIFT_FLAGS)

run: build
	@Scripts/describe.sh $(PRODUCTS)
	@echo; echo "== concord check Examples"
	@$(PRODUCTS)/concord check --plugins Plugins Examples || test $$? -eq 1
	@echo; echo "== a conversation with concord lsp"
	@python3 Scripts/conversation.py $(PRODUCTS)/concord lsp --plugins Plugins

build-tests: setup
	swift build --build-tests $(TEST_FLAGS) $(SWIFT_FLAGS)

lint:
	swift format lint --strict --parallel --recursive Package.swift Benchmarks Sources Tests Plugins Templates

test: build-tests
	python3 Scripts/packing/loader.py built $(TESTS)/release
	$(MAKE) lint
	rm -rf $(MESSAGES) && mkdir -p $(MESSAGES)
	CONCORD_RECORD_MESSAGES=$(abspath $(MESSAGES)) CONCORD_EDITS=$${CONCORD_EDITS:-20000} \
	  Scripts/test.sh $(TEST_SECONDS) $(TESTS)/release
	$(MAKE) judge
	python3 Benchmarks/counts.py --program $(TESTS)/release/concord-counts
	$(MAKE) editor-test PRODUCTS=$(TESTS)/release

# Plugins in Swift as people outside begin and build them, and the whole of the tutorial: two builds of a minute each.
test-kit: build-tests
	CONCORD_KIT_TESTS=1 swift test --skip-build --disable-xctest $(TEST_FLAGS) --filter 'PluginKitFolderTests|TutorialTests'

# What the tests' clients and servers said to each other, held against the protocol's published types. Run by `make test`.
MESSAGES := $(TESTS)/messages
judge:
	@if [ -e .build-python/holds ]; then .build-python/bin/python Scripts/judge-messages.py $(MESSAGES); \
	else echo "No message was judged: the protocol's types are not installed (make setup, with PyPI in reach)."; fi

# Debian's Neovim, Emacs and Vim, headless, with the files people copy and the server just built; the extension for VS Code under Node.
editor-test:
	Tests/Editor/neovim/run.sh $(PRODUCTS)
	Tests/Editor/emacs/run.sh $(PRODUCTS)
	Tests/Editor/vim/run.sh $(PRODUCTS)
	Tests/Editor/vscode/run.sh $(PRODUCTS)

# Editors with windows, on a screen that nobody sees, and Emacs with lsp-mode; installs them. Pictures go to SCREENSHOTS.
SCREENSHOTS ?= $(or $(TMPDIR),/tmp)/concord-screenshots
test-editors: build-tests
	Tests/Editor/windows/setup.sh
	Tests/Editor/lsp-mode/run.sh $(TESTS)/release
	Tests/Editor/windows/kate.sh $(TESTS)/release $(SCREENSHOTS)
	Tests/Editor/windows/jupyterlab.sh $(TESTS)/release $(SCREENSHOTS)

# The extension as VS Code installs it.
vsix:
	@python3 Scripts/pack-vsix.py

# Instructions of parsing, editing, checking and facts, beside those that are committed; ACCEPT=1 commits to what they are now.
counts: setup
	swift build --product concord-counts $(TEST_FLAGS) $(SWIFT_FLAGS)
	python3 Benchmarks/counts.py --program $(TESTS)/release/concord-counts $(if $(ACCEPT),--accept)

prints: build-tests
	Scripts/describe.sh $(TESTS)/release
	CONCORD_ACCEPT=1 swift test --skip-build --disable-xctest $(TEST_FLAGS) --filter StalePrints

# Random edits, requests, cancels, killed workers and changed files.
SOAK_SECONDS ?= 1800
# What the tests are built with besides, each in a folder of its own. Workers then run without the limit on address space,
# and say so in what they report of their confinement.
SANITIZERS ?= address thread
soak: build-tests
	CONCORD_EDITS=$${CONCORD_EDITS:-1000000} swift test --skip-build --disable-xctest $(TEST_FLAGS) --filter 'Property|EditTests'
	@Scripts/describe.sh $(TESTS)/release
	python3 Scripts/soak.py --server $(TESTS)/release/concord --plugins Plugins --seconds $(SOAK_SECONDS)
	for sanitizer in $(SANITIZERS); do Scripts/sanitize.sh $$sanitizer || exit 1; done

FUZZ_SECONDS ?= 600
fuzz: setup
	Scripts/fuzz.sh $(FUZZ_SECONDS)

# ONLY=open-16,check-* measures some rows, QUICK=1 tries all of them on little data, PEERS=1 gets what PyPI has to measure beside,
# and WRITE=1 writes Docs/PERFORMANCE.md. SUITE names a copy of JSON Schema's own tests, LIMIT the seconds one wait may take.
bench: build
	@Scripts/describe.sh $(PRODUCTS)
	Benchmarks/concord-bench --server $(PRODUCTS)/concord --plugins Plugins $(if $(ONLY),--only '$(ONLY)') $(if $(QUICK),--quick) \
	  $(if $(PEERS),--peers) $(if $(WRITE),--write) $(if $(SUITE),--suite '$(SUITE)') $(if $(LIMIT),--limit $(LIMIT))

# What people install: Docs/INSTALL.md. A package for VS Code in dist/ is taken along.
.PHONY: dist dist-test
dist: build vsix
	@Scripts/setup.sh patchelf:patchelf dpkg-deb:dpkg
	@Scripts/describe.sh $(PRODUCTS)
	python3 Scripts/packing/archive.py $(PRODUCTS) dist

# Some minutes, and the first time a minimal tree from Debian, kept below CONCORD_TREES (~/.cache/concord-trees).
dist-test: dist
	@Scripts/setup.sh mmdebstrap:mmdebstrap
	$(if $(filter 0,$(shell id -u)),,sudo) env CONCORD_TREES="$${CONCORD_TREES:-$${XDG_CACHE_HOME:-$$HOME/.cache}/concord-trees}" \
	  python3 Tests/Dist/packed.py "$$(ls -t dist/concord-*-linux-*.tar.gz | head -1)" "$$(ls -t dist/concord_*.deb | head -1)"

clean:
	swift package clean
