# Everything a person types. Each target does its own set-up; nothing is asked.

SHELL := /bin/sh
PRODUCTS := .build/release
SWIFT_FLAGS ?=

.PHONY: help run test setup build build-tests lint editor-test prints soak fuzz bench clean
.DEFAULT_GOAL := help

help:
	@echo "make run     build Concord, check Examples/, and show a short conversation with the server"
	@echo "make test    everything that must hold before a change lands (what CI runs)"
	@echo "make soak    the same properties over 1,000,000 random edits"
	@echo "make fuzz    the parser under libFuzzer (FUZZ_SECONDS, default 300)"
	@echo "make bench   edit-to-finding, open and memory beside a peer"
	@echo "make prints  print rules.json, Docs/rules.md and the plugins' tables anew"

setup:
	@Scripts/setup.sh

build: setup
	swift build -c release $(SWIFT_FLAGS)

run: build
	@Scripts/describe.sh $(PRODUCTS)
	@echo; echo "== concord check Examples"
	@$(PRODUCTS)/concord check --plugins Plugins Examples || test $$? -eq 1
	@echo; echo "== a conversation with concord lsp"
	@python3 Scripts/conversation.py $(PRODUCTS)/concord lsp --plugins Plugins

build-tests: setup
	swift build -c release --build-tests $(SWIFT_FLAGS)

lint:
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Plugins

test: build-tests
	$(MAKE) lint
	swift test -c release --skip-build $(SWIFT_FLAGS)
	$(MAKE) editor-test

# Debian's Neovim, headless, with the file people copy and the server just built.
editor-test:
	Tests/Editor/neovim/run.sh $(PRODUCTS)

prints: build-tests
	Scripts/describe.sh $(PRODUCTS)
	CONCORD_ACCEPT=1 swift test -c release --skip-build --filter StalePrints

soak: build-tests
	CONCORD_EDITS=$${CONCORD_EDITS:-1000000} swift test -c release --skip-build --filter Property

FUZZ_SECONDS ?= 300
fuzz: setup
	Scripts/fuzz.sh $(FUZZ_SECONDS)

bench: build
	@Scripts/describe.sh $(PRODUCTS)
	python3 Benchmarks/bench.py --server $(PRODUCTS)/concord --plugins Plugins

clean:
	swift package clean
