import { describe, expect, it } from "vitest";
import { isTooFar, skipsVersions } from "../../../components/istio/upgradeSteps.ts";

describe("how far an upgrade goes", () => {
  it.each([
    ["1.31.1", "1.31.4", "inPlace", false],
    ["1.31.1", "1.32.0", "inPlace", false],
    ["1.32.0", "1.31.1", "inPlace", false],
    ["1.30.2", "1.32.0", "inPlace", true],
    ["1.32.0", "1.30.2", "inPlace", true],
    ["1.30.2", "1.32.0", "beside", false],
    ["1.29.5", "1.32.0", "beside", true],
    ["1.31.1", "2.0.0", "beside", true],
    ["1.31.1", "of a branch", "inPlace", false],
  ] as const)("from %s to %s, %s, is too far: %s", (from, to, way, expected) => {
    expect(isTooFar(from, to, way)).toBe(expected);
  });
});

describe("a release", () => {
  const versions = (from: unknown, to: unknown) => [{ version: from }, { version: to }] as const;

  it("does not skip a minor version in place, and says where to go first", () => {
    expect(skipsVersions("istio-istiod", "inPlace", ...versions("1.29.0", "1.31.1"))).toBe(
      "istio-istiod would go from Istio 1.29.0 to 1.31.1, and Istio supports no more than 1 minor version at a time in place, " +
        "2 with a revision: set mesh:istio.version to a version between, and `pulumi up`, one minor version at a time",
    );
  });

  it("does not skip two with a revision", () => {
    expect(skipsVersions("istio-base", "beside", ...versions("1.28.0", "1.31.1"))).toContain(
      "no more than 2 minor versions at a time: set mesh:istio.canary.version to a version between",
    );
    expect(skipsVersions("istio-base", "beside", ...versions("1.29.0", "1.31.1"))).toBeUndefined();
  });

  it.each([
    ["of Istio's source, which all have one version", "1.0.0", "1.31.1"],
    ["that is not known yet", undefined, "1.31.1"],
    ["of a chart that names none", "1.29.0", undefined],
  ])("may have any version beside one %s", (_, from, to) => {
    expect(skipsVersions("istio-istiod", "inPlace", ...versions(from, to))).toBeUndefined();
  });
});
