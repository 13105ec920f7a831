# make run and make test need Go (and a C compiler where cgo is on), no more.
# make ci also runs what .ci/run installs: a browser, PDF tools, calendar
# readers and PostgreSQL.

GOFUMPT     = go run mvdan.cc/gofumpt@v0.12.0
STATICCHECK = go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
DEADCODE    = go run golang.org/x/tools/cmd/deadcode@v0.52.0

# Where .ci/install puts what comes from npm.
TOOLS = $(if $(XDG_CACHE_HOME),$(XDG_CACHE_HOME),$(HOME)/.cache)/tamada

E2E_RUN ?= TestJourney
FUZZTIME ?= 20s

.PHONY: help run test check ci lint fmt e2e tools thunderbird bench fuzz golden assets build

help: ## List the targets.
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1\t/p' Makefile

run: ## Serve on localhost:8080.
	go run ./cmd/tamada serve

build: ## Build bin/tamada.
	go build -trimpath -ldflags '-s -w' -o bin/tamada ./cmd/tamada

test: ## Run the tests that need only Go.
	go test -shuffle=on ./...

check: lint test ## What to run before a commit, in under three minutes.

ci: lint ## Everything: races, both databases, no cgo, browser, readers and PDF tools.
	go test -race -shuffle=on ./...
	CGO_ENABLED=0 go test ./pkg/store ./cmd/tamada
	$(MAKE) tools e2e

lint: ## Check formatting, vet, staticcheck and dead code.
	@test -z "$$(git ls-files '*.go' | xargs $(GOFUMPT) -l | tee -a /dev/stderr)"
	go vet ./...
	go vet -tags e2e,bench,pdftools,readers,deploy,thunderbird ./...
	$(STATICCHECK) -checks all ./...
	@test -z "$$($(DEADCODE) -test ./... | tee -a /dev/stderr)"

fmt: ## Format the code.
	git ls-files '*.go' | xargs $(GOFUMPT) -w

e2e: ## Run the journeys of users in a real browser.
	go test -count=1 -tags e2e -v -run '$(E2E_RUN)' ./cmd/tamada

tools: ## Check documents, calendars and units with other people's programs.
	go test -count=1 -tags pdftools ./pkg/typeset ./pkg/programme
	go test -count=1 -tags deploy -run TestDeploy ./cmd/tamada
	NODE_PATH=$(TOOLS)/node_modules go test -count=1 -tags readers ./pkg/ical

thunderbird: ## Let a real Thunderbird follow an agenda (minutes; needs Debian's thunderbird, xvfb and sqlite3).
	go test -count=1 -tags thunderbird -v -run TestThunderbird -timeout 20m ./cmd/tamada

bench: ## Measure, against the limit in the same run.
	go test -count=1 -tags bench -v -run TestBench -timeout 20m ./cmd/tamada

golden: ## Write the golden files afresh; read the diff.
	go test $$(grep -rl --include='*_test.go' 'tamada/pkg/golden' . | xargs -n1 dirname | sort -u) -update

fuzz: ## Fuzz each target for a while (FUZZTIME=20s each).
	@grep -rho --include='*_test.go' 'func Fuzz[A-Za-z0-9]*' . | sort -u | sed 's/func //' | while read f; do \
		d=$$(grep -rl --include='*_test.go' "func $$f(" . | head -1 | xargs dirname); \
		echo "$$d $$f"; go test $$d -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5x || exit 1; done

assets: ## Make the embedded data afresh: fonts, zones, CLDR (needs npm and Debian's apt).
	go run ./pkg/zone/gen.go
	go run ./pkg/locale/gen.go
	go run ./pkg/typeset/fonts/gen.go
