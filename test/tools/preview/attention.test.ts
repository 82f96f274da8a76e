import { describe, expect, it } from "vitest";
import { attentionText } from "../../../tools/preview/attention.ts";
import { stepsIn, type Step } from "../../../tools/preview/events.ts";
import { recorded, stepOf } from "./recordings.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const linesFor = (...steps: Step[]) => attentionText(steps);

describe("what a reader has to see", () => {
  it("is nothing in a stack that is new", () => {
    expect(attentionText(stepsIn(recorded("prod")))).toEqual([]);
  });

  it("is each size of a node group that changes", () => {
    expect(attentionText(stepsIn(recorded("size")))).toEqual([
      "cluster-nodes-default changes its size: min 2 => 3, max 4 => 6, nodes now 2 => 3",
    ]);
    const scalingConfig = { minSize: 1, maxSize: 2 };
    expect(linesFor(stepOf({ type: GROUP, before: { scalingConfig }, after: { scalingConfig, labels: {} } }))).toEqual(
      [],
    );
  });

  it("is a replacement with its reason, and a deletion", () => {
    expect(
      linesFor(
        stepOf({ type: GROUP, op: "replace", because: ["subnetIds"], before: {}, after: {} }),
        stepOf({ type: "kubernetes:core/v1:Namespace", name: "shop", before: {} }),
      ),
    ).toEqual([
      `it (${GROUP}) is replaced, because subnetIds changes`,
      "shop (kubernetes:core/v1:Namespace) is deleted",
    ]);
  });

  const ways: [before: object, after: object, line: RegExp][] = [
    [{ version: "1.35" }, { version: "1.36" }, /Kubernetes 1\.35 => 1\.36; a control plane is never downgraded/],
    [{}, { encryptionConfig: { resources: ["secrets"] } }, /the encryption of Secrets none => set/],
    [{}, { computeConfig: { enabled: true } }, /Auto Mode none => true/],
    [
      { kubernetesNetworkConfig: { ipFamily: "ipv4" } },
      { kubernetesNetworkConfig: { ipFamily: "ipv6" } },
      /the IP family ipv4 => ipv6/,
    ],
    [
      { accessConfig: { authenticationMode: "CONFIG_MAP" } },
      { accessConfig: { authenticationMode: "API" } },
      /the authentication mode CONFIG_MAP => API/,
    ],
    [{ deletionProtection: true }, { deletionProtection: false }, /AWS deletion protection true => false/],
  ];
  it.each(ways)("is a step without a way back: %j => %j", (before, after, line) => {
    expect(linesFor(stepOf({ type: CLUSTER, before: { ...before }, after: { ...after } }))).toEqual([
      expect.stringMatching(line),
    ]);
    expect(linesFor(stepOf({ type: CLUSTER, before: { ...after }, after: { ...after } }))).toEqual([]);
  });

  it("is no protection that comes, or Auto Mode that was never there", () => {
    const [before, after] = [
      { deletionProtection: false },
      { deletionProtection: true, computeConfig: { enabled: false } },
    ];
    expect(linesFor(stepOf({ type: CLUSTER, before, after }))).toEqual([]);
  });

  it("is the engine's protection that goes", () => {
    const step = stepOf({ type: CLUSTER, op: "same", before: {}, after: {} });
    expect(linesFor({ ...step, isProtected: { before: true, after: false } })).toEqual([
      `it (${CLUSTER}) is no longer protected`,
    ]);
    expect(linesFor({ ...step, isProtected: { before: true, after: true } })).toEqual([]);
  });

  it("is a gateway that gets another load balancer", () => {
    const gateway = (scheme: string) => ({
      chart: "gateway",
      values: { service: { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": scheme } } },
    });
    const type = "kubernetes:helm.sh/v3:Release";
    expect(linesFor(stepOf({ type, before: gateway("internal"), after: gateway("internet-facing") }))).toEqual([
      "it gets a new load balancer with a new DNS name, internet-facing",
    ]);
  });

  const istiod = (name: string, version?: string) => ({ name, ...(version !== undefined && { version }) });
  const RELEASE = "kubernetes:helm.sh/v3:Release";

  it.each([
    ["1.30.4", "1.31.1", ""],
    ["1.31.0", "1.31.1", ""],
    ["1.9.0", "1.10.0", ""],
    ["1.30.4", "1.32.0", "; Istio supports 1 minor version at a time in place, 2 with a revision"],
    ["1.30.4", "2.30.0", "; Istio supports 1 minor version at a time in place, 2 with a revision"],
    ["1.31.1", "1.30.4", ""],
    ["1.32.1", "1.30.4", "; Istio supports 1 minor version at a time in place, 2 with a revision"],
  ])("is Istio in place from %s to %s", (from, to, caution) => {
    const step = stepOf({ type: RELEASE, before: istiod("istiod", from), after: istiod("istiod", to) });
    expect(linesFor(step)).toEqual([`it upgrades from Istio ${from} to ${to}, in place${caution}`]);
  });

  it.each([
    ["1.32.0", ""],
    ["1.33.0", "; Istio supports 1 minor version at a time in place, 2 with a revision"],
    ["1.28.0", ""],
    ["1.27.0", "; Istio supports 1 minor version at a time in place, 2 with a revision"],
  ])("is Istio %s beside others, from the oldest of which the mesh goes", (version, caution) => {
    const stays = (name: string, its: string) =>
      stepOf({ type: RELEASE, name, op: "same", before: istiod(name, its), after: istiod(name, its) });
    const comes = stepOf({ type: RELEASE, after: istiod("istiod-next", version) });
    expect(linesFor(stays("istiod-b", "1.31.0"), comes, stays("istiod-a", "1.30.0"))).toEqual([
      `it is Istio ${version}, beside 1.30.0${caution}`,
    ]);
  });

  it("are definitions of Istio's objects that go back", () => {
    const base = (from: string, to: string) =>
      stepOf({
        type: RELEASE,
        name: "istio-base",
        before: istiod("istio-base", from),
        after: istiod("istio-base", to),
      });
    expect(linesFor(base("1.31.1", "1.30.4"))).toEqual([
      "istio-base downgrades from Istio 1.31.1 to 1.30.4: objects lose fields that only the newer version defines",
    ]);
    expect(linesFor(base("1.9.0", "1.31.1"))).toEqual([]);
  });

  it("is no Istio that is new, stays, or is not known, and no other chart", () => {
    const [one, other] = [istiod("istiod", "1.30.0"), istiod("istiod", "1.31.0")];
    for (const step of [
      stepOf({ type: RELEASE, after: one }),
      stepOf({ type: RELEASE, op: "same", before: one, after: one }),
      stepOf({ type: RELEASE, before: istiod("istiod"), after: istiod("istiod") }),
      stepOf({ type: RELEASE, before: istiod("istiodine", "1.0.0"), after: istiod("istiodine", "2.0.0") }),
      stepOf({ type: "kubernetes:core/v1:Namespace", before: one, after: other }),
    ]) {
      expect(linesFor(step)).toEqual([]);
    }
  });

  it("shows no secret", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
    const lines = linesFor(stepOf({ type: CLUSTER, before: { version: secret }, after: { version: "1.36" } }));
    expect(lines).toEqual([expect.stringContaining("Kubernetes set => 1.36")]);
  });
});
