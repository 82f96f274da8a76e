import { describe, expect, it } from "vitest";
import { openCluster } from "../../../components/cluster/openCluster.ts";
import { ReferencedCluster } from "../../../components/cluster/referencedCluster.ts";
import { noAnswer, record, the } from "../../recorder.ts";

const KNOWN = /^(mesh:cluster:ReferencedCluster|pulumi:(providers:kubernetes|pulumi:StackReference))$/;
const STACK = "acme/mesh/prod-cluster";

const recordCluster = (kubeconfig: unknown) =>
  record(() => new ReferencedCluster("cluster", { stackReference: STACK }), KNOWN, {
    outputs: ({ type }) =>
      type === "pulumi:pulumi:StackReference" ? { outputs: { kubeconfig }, secretOutputNames: ["kubeconfig"] } : {},
  });

describe("the cluster of another stack", () => {
  it("is reached by that stack's kubeconfig, which stays a secret, and is known by that stack's name", async () => {
    const resources = await recordCluster('{"kind":"Config"}');
    const provider = the(resources, "pulumi:providers:kubernetes", "cluster");
    expect(provider.inputs).toMatchObject({ clusterIdentifier: STACK });
    expect(JSON.stringify(provider.inputs.kubeconfig)).toContain("Config");
    expect(provider.secrets).toEqual(["kubeconfig"]);
  });
});

describe("a stack that has no cluster for others", () => {
  const opened = (answer: () => object | Promise<object>) =>
    record(() => openCluster("cluster", { stackReference: STACK }, "demo"), /^$/, {
      calls: { "pulumi:pulumi:readStackOutputs": answer },
    });

  it("is refused where it is not there, by the setting that names it, with the way out, before anything is registered", async () => {
    const missing = opened(() => noAnswer(`unknown stack "${STACK}"`));
    await expect(missing).rejects.toThrow(
      /mesh:cluster\.stackReference names a stack that cannot be read \(.*unknown stack "acme\/mesh\/prod-cluster".*\): .*pulumi stack ls/,
    );
  });

  it("is refused where it made none", async () => {
    const empty = opened(() => ({ name: STACK, outputs: {}, secretOutputNames: [] }));
    await expect(empty).rejects.toThrow(/mesh:cluster\.stackReference names a stack that made no cluster/);
  });
});

it("is opened once its stack has told of it", async () => {
  const resources = await record(() => openCluster("cluster", { stackReference: STACK }, "demo"), KNOWN, {
    outputs: ({ type }) => (type === "pulumi:pulumi:StackReference" ? { outputs: { kubeconfig: "{}" } } : {}),
    calls: { "pulumi:pulumi:readStackOutputs": () => ({ outputs: { kubeconfig: "{}" } }) },
  });
  expect(the(resources, "pulumi:providers:kubernetes", "cluster").inputs).toMatchObject({ clusterIdentifier: STACK });
});
