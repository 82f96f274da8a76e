import { chartVersionPinned } from "../../../../policies/rules/release/chart-version-pinned.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { unknown } from "../../judge.ts";

const release = (props: object): Resource => ({ type: "kubernetes:helm.sh/v3:Release", props });
const repositoryOpts = { repo: "https://charts.example" };

describeRule(chartVersionPinned, {
  accepts: {
    "a version in full": [release({ chart: "istiod", repositoryOpts, version: "1.31.1" })],
    "a pre-release": [release({ chart: "istiod", repositoryOpts, version: "1.32.0-beta.0+build.7" })],
    "a leading v": [release({ chart: "oci://charts.example/istiod", version: "v1.31.1" })],
    "a folder": [release({ chart: "./charts/istiod" })],
    "a folder above": [release({ chart: "../charts/istiod" })],
    "a folder from the root": [release({ chart: "/charts/istiod" })],
    "a folder of the user's": [release({ chart: "~/charts/istiod" })],
    "an archive": [release({ chart: "charts/istiod-1.31.1.tgz" })],
    "an archive by its address": [release({ chart: "https://charts.example/istiod-1.31.1.tgz" })],
    "a name that only a folder can have": [release({ chart: "istiod" })],
  },
  refuses: {
    "no version, from a repository": [[release({ chart: "istiod", repositoryOpts })], "version"],
    "no version, from a registry": [[release({ chart: "oci://charts.example/istiod" })], "version"],
    "no version, from a repository that Helm knows by name": [[release({ chart: "istio/istiod" })], "version"],
    "a folder that Helm takes for a repository's": [[release({ chart: "charts/istiod" })], "version"],
    "a range": [[release({ chart: "istiod", repositoryOpts, version: "^1.31.1" })], "version"],
    "a line": [[release({ chart: "istiod", repositoryOpts, version: "1.31" })], "version"],
    any: [[release({ chart: "istiod", repositoryOpts, version: "*" })], "version"],
    "an empty version": [[release({ chart: "istiod", repositoryOpts, version: "" })], "version"],
  },
  waits: {
    "the version": [[release({ chart: "istiod", repositoryOpts, version: unknown.text })], "version"],
    "the chart, without a repository": [[release({ chart: unknown.text, version: "1.31.1" })], "chart"],
    "the repository": [
      [release({ chart: "istiod", repositoryOpts: { repo: unknown.text }, version: "1.31.1" })],
      "repositoryOpts.repo",
    ],
  },
});
