// What whoever deploys may do on a cluster, by docs/deployer-rbac.yaml: it is enough for the commands, with the real Kubernetes
// plugin and with its stand-in, each right of it is asked for, and without one they fail with its name. The API server judges.
// Costs about fifteen minutes, and the build of the plugin once four more.
import { readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEPLOY, MEASURE } from "../../tools/deployer/clusterRights.ts";
import { rightsOf, type Right } from "../../tools/deployer/rbac.ts";
import { goPrograms } from "../../testbed/goPrograms.ts";
import type { Clone, Made } from "../e2e/clone.ts";
import { Deployer, textOf } from "./rights/deployer.ts";
import { PLANTED } from "./rights/stack.ts";

/** Rights that no run here has to ask for, and why they are there all the same. */
const SPARE: Readonly<Record<string, string>> = {
  "list poddisruptionbudgets.policy": "only the production profile makes one, which the plugin watches as it goes",
  "watch poddisruptionbudgets.policy": "the same",
};

let deployer: Deployer;
let plugin: string;
const clones: Clone[] = [];
beforeAll(async () => {
  plugin = await goPrograms("kubernetes-plugin");
  deployer = await Deployer.of();
}, 3_000_000);
afterAll(async () => {
  for (const clone of clones) await clone.make("down");
  await deployer.end();
  for (const clone of clones) clone.remove();
});

const NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system", "mesh-deployer"];
const namespaces = async () =>
  (await deployer.admin("get", "namespaces", "-o", "jsonpath={.items[*].metadata.name}")).split(" ").sort();

/** Where the engine has found the Kubernetes plugin. */
const pluginOf = ({ output }: Made) => /using pulumi-resource-kubernetes from \$PATH at (\S+)/.exec(output)?.[1];

describe("with just the rights of docs/deployer-rbac.yaml", () => {
  let clone: Clone;
  it("a stack with objects of every kind is made, left as it is, measured and upgraded", async () => {
    clone = await deployer.checkout();
    clones.push(clone);
    clone.env.PATH = [plugin, process.env.PATH].join(delimiter);
    expect((await clone.makeWell("preview")).output).toMatch(/to create/);
    expect(pluginOf(await clone.makeWell("up"))).toMatch(/\/programs\/kubernetes-plugin-[0-9a-f]+\//);
    await clone.pulumi("up --yes --skip-preview --expect-no-changes");
    await clone.makeWell("verify");
    expect((await clone.makeWell("status")).output).toMatch(/Of \d+ proxies, the certificate of/);
    deployer.upgrade(clone);
    await clone.makeWell("up");
  }, 900_000);

  describe("but without one of them", () => {
    /** A change of the stack that takes the right. */
    const change = (timeout: string) => {
      clone.configure((config) => ({
        ...config,
        "mesh:traffic": { ...(config["mesh:traffic"] as object), ratings: { routes: [{ timeout }] } },
      }));
    };

    it.each<[right: Right, command: string[]]>([
      [["networking.istio.io", "virtualservices", "patch"], ["up"]],
      [
        ["", "secrets", "list"],
        ["pulumi", "ARGS=up --yes --skip-preview --refresh"],
      ],
      [
        ["apps", "deployments", "get"],
        ["pulumi", "ARGS=preview --refresh"],
      ],
      [
        ["", "services", "delete"],
        ["pulumi", "ARGS=destroy --yes --skip-preview --target **Service::bookinfo-ratings --target-dependents"],
      ],
    ])("a command fails with its name: %s", async (right, command) => {
      change(`${Math.ceil(Math.random() * 1000)}s`);
      const [group, resource, verb] = right;
      const { exitCode, output } = await deployer.without(right, () => clone.make(...command));
      expect(exitCode).not.toBe(0);
      expect(output).toContain(`cannot ${verb} resource "${resource}" in API group "${group}"`);
    });

    it("istiod's role cannot be made with a right that the deployer does not hold", async () => {
      const role = JSON.parse(
        await deployer.admin("get", "clusterrole", "istiod-clusterrole-one-istio-system", "-o", "json"),
      ) as { metadata: { name: string }; rules: unknown };
      const file = join(clone.folder, "role.json");
      writeFileSync(file, JSON.stringify({ ...role, metadata: { name: "another" } }));
      const make = () => deployer.kubectl("create", "--dry-run=server", "-f", file);
      expect(await make()).toContain("created");
      const said = await deployer.without(["authentication.k8s.io", "tokenreviews", "create"], make);
      expect(said).toMatch(/attempting to grant RBAC permissions not currently held:[^]*tokenreviews/);
    });
  });

  it("can not do more: what makes an administrator of it is refused", async () => {
    for (const more of [
      ["*", "*"],
      ["escalate", "clusterroles"],
      ["bind", "clusterroles"],
      ["impersonate", "users"],
      ["create", "serviceaccounts", "--subresource=token"],
      ["create", "certificatesigningrequests"],
      ["update", "pods"],
      ["delete", "nodes"],
      ["deletecollection", "secrets"],
    ]) {
      expect([more, await deployer.kubectl("auth", "can-i", ...more, "--all-namespaces")]).toEqual([more, "no"]);
    }
  });

  it("runs nothing that stands in the stack file, in paths, or in what is given to make", async () => {
    const given = (...args: string[]) => clone.make(...args).then(({ exitCode }) => exitCode);
    expect(await given("preview", `STACK=${PLANTED}`)).not.toBe(0);
    expect(await given("preview", `CONTEXT=${PLANTED}`)).not.toBe(0);
    expect(await given("scenario", `NAME=${PLANTED}`)).not.toBe(0);
    expect(await given("explain", `REQUEST=${PLANTED}`, `FROM=${PLANTED}`)).not.toBe(0);
    expect(await given("explain", "REQUEST=GET http://details:9080/", "FROM=productpage", `FILES=${PLANTED}`)).not.toBe(
      0,
    );
    await clone.makeWell("explain", "REQUEST=GET http://details:9080/", "FROM=productpage");
    const places = [clone.folder, process.cwd(), join(clone.folder, ".state/local"), tmpdir()];
    expect(places.flatMap((place) => readdirSync(place)).filter((name) => name.startsWith("planted-"))).toEqual([]);
  });

  it("takes all of it away again", async () => {
    await clone.makeWell("down");
    expect(await namespaces()).toEqual(NAMESPACES);
  });

  it("the stand-in for the plugin makes a stack, leaves it as it is, and takes it away", async () => {
    delete clone.env.PATH;
    await deployer.leaveWebhook();
    const made = await clone.makeWell("up");
    expect(pluginOf(made)).toMatch(/\/stand-ins\//);
    expect(made.output).toContain("the webhook left-behind lets changes through");
    await clone.pulumi("up --yes --skip-preview --expect-no-changes");
    await clone.makeWell("down");
    expect(await namespaces()).toEqual(NAMESPACES);
  }, 900_000);

  it("asks for every right in them, and for no other", () => {
    const granted = rightsOf([...DEPLOY, ...MEASURE]).map(textOf);
    const asked = deployer.asked();
    expect(granted.filter((right) => !asked.has(right)).sort()).toEqual(Object.keys(SPARE).sort());
    const reviews = [
      "create selfsubjectaccessreviews.authorization.k8s.io",
      "create selfsubjectreviews.authentication.k8s.io",
    ];
    expect([...asked].filter((right) => ![...granted, ...reviews].includes(right))).toEqual([]);
  });
});
