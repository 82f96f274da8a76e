import { describe, expect, it } from "vitest";
import { chartVersionPinned } from "../../../../policies/rules/release/chart-version-pinned.ts";
import { judgeProps, unknown } from "../../judge.ts";

const judge = (props: object) => judgeProps(chartVersionPinned, { type: "kubernetes:helm.sh/v3:Release", props });
const repositoryOpts = { repo: "https://charts.example" };

describe("chart-version-pinned", () => {
  it.each([
    ["a version in full", { chart: "istiod", repositoryOpts, version: "1.31.1" }],
    ["a pre-release", { chart: "istiod", repositoryOpts, version: "1.32.0-beta.0+build.7" }],
    ["a leading v", { chart: "oci://charts.example/istiod", version: "v1.31.1" }],
    ["a folder", { chart: "./charts/istiod" }],
    ["a folder above", { chart: "../charts/istiod" }],
    ["a folder from the root", { chart: "/charts/istiod" }],
    ["a folder of the user's", { chart: "~/charts/istiod" }],
    ["an archive", { chart: "charts/istiod-1.31.1.tgz" }],
    ["an archive by its address", { chart: "https://charts.example/istiod-1.31.1.tgz" }],
    ["a name that only a folder can have", { chart: "istiod" }],
  ])("accepts %s", (_what, props) => {
    expect(judge(props)).toEqual({ found: [], undecided: [] });
  });

  it.each([
    ["no version, from a repository", { chart: "istiod", repositoryOpts }],
    ["no version, from a registry", { chart: "oci://charts.example/istiod" }],
    ["no version, from a repository that Helm knows by name", { chart: "istio/istiod" }],
    ["a folder that Helm takes for a repository's", { chart: "charts/istiod" }],
    ["a range", { chart: "istiod", repositoryOpts, version: "^1.31.1" }],
    ["a line", { chart: "istiod", repositoryOpts, version: "1.31" }],
    ["any", { chart: "istiod", repositoryOpts, version: "*" }],
    ["an empty version", { chart: "istiod", repositoryOpts, version: "" }],
  ])("refuses %s", (_what, props) => {
    expect(judge(props)).toEqual({ found: ["version"], undecided: [] });
  });

  it.each([
    ["the version", { chart: "istiod", repositoryOpts, version: unknown.text }, ["version"]],
    ["the chart, without a repository", { chart: unknown.text, version: "1.31.1" }, ["chart"]],
    [
      "the repository",
      { chart: "istiod", repositoryOpts: { repo: unknown.text }, version: "1.31.1" },
      ["repositoryOpts.repo"],
    ],
  ])("says so when %s is unknown", (_what, props, undecided) => {
    expect(judge(props)).toEqual({ found: [], undecided });
  });
});
