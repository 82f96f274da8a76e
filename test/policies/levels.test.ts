import { readdirSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { standardLevel, withoutDuplicates } from "../../policies/engine/levels.ts";
import { rules } from "../../policies/rules/index.ts";
import { secret } from "./engine.ts";
import { unknown } from "./judge.ts";
import { configurationOf, LEVELS, PackServer, urnOf, type Said, type Shown } from "./server.ts";

let pack: PackServer;
beforeAll(async () => {
  pack = await PackServer.start();
}, 60_000);
afterAll(() => {
  pack.stop();
});

const gateway: Shown = {
  type: "kubernetes:networking.istio.io/v1:Gateway",
  name: "entry",
  props: {
    metadata: { name: "shop", namespace: "shop" },
    spec: {
      selector: { istio: "ingressgateway" },
      servers: [{ port: { number: 80, name: "http", protocol: "HTTP" }, hosts: ["shop.example.com"] }],
    },
  },
};
const release = (name: string): Shown => ({
  type: "kubernetes:helm.sh/v3:Release",
  name,
  props: { name, namespace: "istio-ingress", chart: "gateway", version: "1.31.1", values: {} },
});
const of = (rule: string, said: readonly Said[]) => said.filter((one) => one.rule === rule).map(({ level }) => level);

describe("the pack, as the engine starts it", () => {
  it("tells of every rule that no other one says, each with settings for exemptions", async () => {
    const policies = (await pack.info()).getPoliciesList();
    const expected = withoutDuplicates(rules).map(({ id }) => id);
    expect(policies.map((policy) => policy.getName()).sort()).toEqual(expected.sort());
    for (const policy of policies) {
      expect(Object.keys(policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {})).toContain("exemptions");
    }
  });

  it("is strict in an environment that says nothing", async () => {
    const byId = new Map(rules.map((rule) => [rule.id, rule]));
    for (const policy of (await pack.info()).getPoliciesList()) {
      const rule = byId.get(policy.getName());
      const level = rule && standardLevel(rule);
      expect(level && LEVELS[level], policy.getName()).toBe(policy.getEnforcementlevel());
      const isSevere = rule?.severity === "high" || rule?.severity === "critical";
      if (isSevere && rule.level === undefined) expect(level).toBe("mandatory");
    }
  });
});

describe("levels by environment", () => {
  it("are there for the environments of the project", () => {
    const files = readdirSync(path.join(import.meta.dirname, "../../policies/config"));
    expect(files.sort()).toEqual(["dev.json", "local.json", "prod.json", "staging.json"]);
  });

  it.each([
    ["local", []],
    ["dev", ["advisory"]],
    ["staging", ["advisory"]],
    ["prod", ["mandatory"]],
  ])("let %s say %j of a gateway without TLS", async (stack, expected) => {
    await pack.configure(configurationOf(stack));
    expect(of("gateway-serves-tls", await pack.analyzeStack(gateway))).toEqual(expected);
  });

  it("forbid nothing in dev that prod only advises", () => {
    const [dev, prod] = [configurationOf("dev"), configurationOf("prod")];
    const order = ["disabled", "advisory", "remediate", "mandatory"];
    const levelIn = (configuration: typeof dev, id: string) => {
      const entry = configuration[id];
      return order.indexOf((typeof entry === "object" ? entry.enforcementLevel : entry) ?? "mandatory");
    };
    const ids = Object.keys(prod);
    expect(ids.filter((id) => levelIn(dev, id) > levelIn(prod, id))).toEqual([]);
    expect(Object.keys(dev).filter((id) => !ids.includes(id))).toEqual([]);
  });
});

describe("settings by environment", () => {
  it("let the internet in where they say so", async () => {
    await pack.configure(configurationOf("prod"));
    const rule = "load-balancer-opted-in";
    expect(of(rule, await pack.analyze(release("istio-ingressgateway")))).toEqual([]);
    expect(of(rule, await pack.analyze(release("second")))).toEqual(["mandatory"]);
  });

  it("let nobody in where they say nothing", async () => {
    await pack.configure({});
    expect(of("load-balancer-opted-in", await pack.analyze(release("istio-ingressgateway")))).toEqual(["mandatory"]);
  });

  it("tell the hosts that a gateway may serve", async () => {
    const allow = (...hosts: string[]) =>
      pack.configure({ "gateway-hosts-allowed": { enforcementLevel: "mandatory", hosts } });
    await allow("*.example.org");
    expect(of("gateway-hosts-allowed", await pack.analyze(gateway))).toEqual(["mandatory"]);
    await allow("*.example.com");
    expect(of("gateway-hosts-allowed", await pack.analyze(gateway))).toEqual([]);
  });
});

describe("an exemption", () => {
  const rule = "gateway-serves-tls";
  const reason = "the certificate is on its way";
  const exempt = (exemption: object) =>
    pack.configure({ [rule]: { enforcementLevel: "mandatory", exemptions: [exemption] } });

  it.each(["shop/shop", "entry", urnOf(gateway)])("holds for %s until its last day", async (object) => {
    await exempt({ object, reason, until: "2999-12-31" });
    expect(of(rule, await pack.analyzeStack(gateway))).toEqual([]);
  });

  it("holds for no other object", async () => {
    await exempt({ object: "shop/other", reason, until: "2999-12-31" });
    expect(of(rule, await pack.analyzeStack(gateway))).toEqual(["mandatory"]);
  });

  it("no longer counts after its last day, and the message says so", async () => {
    await exempt({ object: "shop/shop", reason, until: "2020-01-31" });
    const [said] = (await pack.analyzeStack(gateway)).filter((one) => one.rule === rule);
    expect(said?.level).toBe("mandatory");
    expect(said?.message).toMatch(/; its exemption ended on 2020-01-31$/);
  });

  it.each([
    [{ object: "shop/shop", until: "2999-12-31" }, /exemptions\[0\]\.reason: set the reason/],
    [{ object: "shop/shop", reason: " ", until: "2999-12-31" }, /exemptions\[0\]\.reason: set the reason/],
    [{ object: "shop/shop", reason }, /exemptions\[0\]\.until: set the last day/],
    [{ object: "shop/shop", reason, until: "2026-02-30" }, /exemptions\[0\]\.until: set the last day/],
    [{ reason, until: "2999-12-31" }, /exemptions\[0\]\.object: set the object/],
  ])("is refused as %j", async (exemption, message) => {
    await exempt(exemption);
    await expect(pack.analyzeStack(gateway)).rejects.toThrow(message);
  });
});

describe("level remediate", () => {
  const deployment: Shown = {
    type: "kubernetes:apps/v1:Deployment",
    name: "cart",
    props: {
      metadata: { name: "cart-v2", namespace: "shop", uid: unknown.text },
      spec: {
        template: {
          spec: {
            containers: [{ name: "cart", image: "cart:2.0.0", env: [{ name: "KEY", value: secret("hidden") }] }],
          },
        },
      },
    },
  };

  it("adds labels that are missing, and leaves secrets and unknown values what they are", async () => {
    await pack.configure({ "workload-has-app-and-version-labels": "remediate" });
    const template = (deployment.props.spec as { template: object }).template;
    expect(await pack.remediate(deployment)).toEqual([
      {
        rule: "workload-has-app-and-version-labels",
        diagnostic: "",
        props: {
          ...deployment.props,
          spec: { template: { ...template, metadata: { labels: { app: "cart", version: "v2" } } } },
        },
      },
    ]);
  });

  it("makes a launch template require tokens", async () => {
    await pack.configure({ "eks-nodes-require-metadata-tokens": "remediate" });
    const template = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "nodes", props: { imageId: "ami-1" } };
    expect(await pack.remediate(template)).toMatchObject([
      { props: { imageId: "ami-1", metadataOptions: { httpTokens: "required", httpEndpoint: "enabled" } } },
    ]);
  });

  it("changes nothing at another level, and nothing that is right", async () => {
    await pack.configure({ "workload-has-app-and-version-labels": "mandatory" });
    expect(await pack.remediate(deployment)).toEqual([]);
    await pack.configure({ "workload-has-app-and-version-labels": "remediate" });
    expect(await pack.remediate(gateway)).toEqual([]);
  });

  it("forbids what it can not put right", async () => {
    await pack.configure({ "workload-has-app-and-version-labels": "remediate" });
    const nameless: Shown = { ...deployment, props: { ...deployment.props, metadata: {} } };
    expect(await pack.remediate(nameless)).toEqual([]);
    expect(of("workload-has-app-and-version-labels", await pack.analyze(nameless))).toEqual(["mandatory", "mandatory"]);
  });
});

describe("a cluster by the component of @pulumi/eks", () => {
  const component: Shown = {
    type: "eks:index:Cluster",
    name: "mesh",
    props: { version: "1.35", skipDefaultNodeGroup: true },
  };
  const part: Shown = {
    type: "aws:eks/cluster:Cluster",
    name: "mesh-eksCluster",
    parent: urnOf(component),
    props: { version: "1.35", vpcConfig: { subnetIds: [unknown.text] } },
  };
  const rule = "eks-endpoint-restricted";

  it("is judged once: by its part, before that is made", async () => {
    await pack.configure({});
    expect(of(rule, await pack.analyze(component))).toEqual([]);
    expect(of(rule, await pack.analyze(part))).toEqual(["mandatory"]);
    expect(of(rule, await pack.analyzeStack(component, part))).toEqual([]);
  });

  it("is judged by its arguments where a preview can not make its part", async () => {
    await pack.analyze(component);
    expect(of(rule, await pack.analyzeStack({ ...component, props: {} }))).toEqual(["mandatory"]);
  });
});
