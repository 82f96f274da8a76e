import { describe, expect, it } from "vitest";
import { injectionLabelsAgree } from "../../../../policies/rules/namespace/injection-labels-agree.ts";
import { judge, unknown, type Manifest } from "../../judge.ts";

const namespace = (labels?: unknown): Manifest => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: "shop", labels },
});
const revision = 'metadata.labels["istio.io/rev"]';
const mode = 'metadata.labels["istio.io/dataplane-mode"]';

describe("injection-labels-agree", () => {
  it.each([
    [undefined],
    [{}],
    [{ "istio-injection": "enabled" }],
    [{ "istio.io/rev": "stable", team: "shop" }],
    [{ "istio.io/dataplane-mode": "ambient" }],
    [{ "istio-injection": "disabled", "istio.io/rev": "stable" }],
  ])("accepts %j", (labels) => {
    expect(judge(injectionLabelsAgree, namespace(labels))).toEqual({ found: [], undecided: [] });
  });

  it.each([
    [{ "istio-injection": "enabled", "istio.io/rev": "stable" }, revision],
    [{ "istio-injection": "enabled", "istio.io/dataplane-mode": "ambient" }, mode],
    [{ "istio.io/rev": "stable", "istio.io/dataplane-mode": "ambient" }, mode],
  ])("refuses %j", (labels, path) => {
    expect(judge(injectionLabelsAgree, namespace(labels))).toEqual({ found: [path], undecided: [] });
  });

  it.each([
    ["the labels", unknown.object, "metadata.labels"],
    ["injection", { "istio-injection": unknown.text, "istio.io/rev": "stable" }, 'metadata.labels["istio-injection"]'],
    ["the revision", { "istio-injection": "enabled", "istio.io/rev": unknown.text }, revision],
  ])("does not decide while %s is unknown", (_what, labels, path) => {
    expect(judge(injectionLabelsAgree, namespace(labels))).toEqual({ found: [], undecided: [path] });
  });
});
