import { describe, expect, it } from "vitest";
import { eksVersionFitsIstio } from "../../../../policies/rules/eks/eks-version-fits-istio.ts";
import { isUnsupported, minorOf } from "../../../../policies/rules/eks/lib/versions.ts";
import { product, testbed } from "../../../../versions.ts";
import { describeRule, type Resource } from "../../describeRule.ts";
import { awsCluster, eksCluster } from "../../eks.ts";
import { unknown } from "../../judge.ts";

const istiod = (version: unknown): Resource => ({
  type: "kubernetes:helm.sh/v3:Release",
  props: { name: "istiod", namespace: "istio-system", chart: "istiod", version },
});

describeRule(eksVersionFitsIstio, {
  accepts: {
    "a pair that fits": [istiod("1.31.1"), awsCluster({ version: "1.35" })],
    "a component that fits": [istiod("1.30.3"), eksCluster({ version: "1.32" })],
    "a cluster without Istio": [awsCluster({ version: "1.20" })],
    "Istio without a cluster": [istiod("1.20.0")],
    "a chart of Istio's source, whose version tells nothing": [istiod("1.0.0"), awsCluster({ version: "1.35" })],
  },
  refuses: {
    "an old cluster": [[istiod("1.31.1"), awsCluster({ version: "1.31" })], "1 version"],
    "a cluster that is newer than Istio": [[istiod("1.28.0"), awsCluster({ version: "1.35" })], "1 version"],
    "an Istio that nobody maintains": [[istiod("1.20.0"), awsCluster({ version: "1.28" })], "1 version"],
    "a component": [[istiod("1.31.1"), eksCluster({ version: "1.30" })], "1 version"],
    "a component's part, once": [
      [istiod("1.31.1"), eksCluster({ version: "1.30" }), awsCluster({ version: "1.30" }, ["eks:index:Cluster"])],
      "2 version",
    ],
  },
  waits: { "a computed version": [[istiod("1.31.1"), awsCluster({ version: unknown.text })], "1 version"] },
});

describe("the versions of Kubernetes that Istio supports", () => {
  it("include those that the project installs together", () => {
    const [istio, kubernetes] = [minorOf(product.istio), minorOf(testbed.kubernetes)];
    expect(isUnsupported(istio ?? NaN, kubernetes ?? NaN)).toBe(false);
  });

  it("say nothing of an Istio that is newer than the table", () => {
    expect(isUnsupported(99, 20)).toBe(false);
  });

  it.each([
    ["1.31.1", 31],
    ["v1.31", 31],
    ["1.32-alpha.0", 32],
    ["2.0", undefined],
    ["latest", undefined],
  ])("are looked up by the minor version of %s", (version, minor) => {
    expect(minorOf(version)).toBe(minor);
  });
});
