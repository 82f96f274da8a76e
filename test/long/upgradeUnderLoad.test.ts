// Istio goes up by revision, its root is rotated, and it goes back again, while a client sends 200 requests a second and none
// fails. Costs about 20 minutes.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SteadyLoad } from "../e2e/steadyLoad.ts";
import { authority, type Authority } from "../authority.ts";
import { AFTER, BEFORE, NEW, OLD, TOO_FAR, UpgradeGround } from "./upgradeUnderLoad/ground.ts";

const STEPS = [
  `Istio: ${AFTER} beside ${BEFORE}`,
  `Istio: the namespace bookinfo to ${NEW}`,
  `Istio: the tag stable to ${NEW}`,
  `Istio: the gateway of istio-ingress to ${NEW}`,
  `Istio: the gateway of istio-egress to ${NEW}`,
  `Istio: ${AFTER} alone`,
];
const LEAST = 10_000;

let ground: UpgradeGround;
let load: SteadyLoad;
/** The stack file before each step. */
const files: string[] = [];

let [first, second]: { root: Authority; own: Authority }[] = [];
const roots = (...all: ({ root: Authority } | undefined)[]) => all.map((each) => each?.root.certificate ?? "").join("");
const ca = (own: { own: Authority } | undefined, root: string) => ({
  secret: { certificate: own?.own.certificate, root },
});

beforeAll(async () => {
  [first, second] = ["first", "second"].map((name) => {
    const root = authority(`${name} root`);
    return { root, own: authority(`${name} mesh`, { by: root }) };
  });
  ground = await UpgradeGround.of();
}, 1_800_000);
afterAll(() => ground.end());

/** No request has failed so far. */
function expectNoneFailed(what: string): void {
  console.log(`${what}: ${load.count} requests so far, ${load.failures.length} failed`);
  expect(load.failures.slice(0, 5)).toEqual([]);
}

const VERSIONS = { bookinfo: "bookinfo", ingress: "istio-ingress", egress: "istio-egress" };
const versions = async () =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(VERSIONS).map(async ([name, namespace]) => [name, await ground.proxies(namespace)] as const),
    ),
  );
const all = (version: string) => ({ bookinfo: [version], ingress: [version], egress: [version] });

describe("a mesh with a root of one's own", () => {
  it("is the older version at first, and keeps its key secret", async () => {
    ground.configure({ ca: ca(first, roots(first)) });
    await ground.setKey(first?.own.key ?? "");
    await ground.upAndVerify();
    expect(await versions()).toEqual(all(BEFORE));
    const state = readFileSync(
      join(ground.clone.folder, ".state/local/backend/.pulumi/stacks/mesh/local.json"),
      "utf8",
    );
    const [, line = ""] = (first?.own.key ?? "").trim().split("\n");
    expect(line.length).toBeGreaterThan(40);
    expect([state.includes(line), ground.file.includes(line)]).toEqual([false, false]);
    expect(await ground.roots()).toEqual([1]);
    load = ground.load();
  });
});

describe("the upgrade, as make upgrade prints it", () => {
  it.each(STEPS)("%s", async (title) => {
    files.push(ground.file);
    expect(await ground.nextStep()).toBe(title);
    await ground.upAndVerify();
    expectNoneFailed(title);
  });

  it("has moved all proxies, and leaves one control plane", async () => {
    expect(await versions()).toEqual(all(AFTER));
    expect(await ground.controlPlanes()).toEqual([`deployment.apps/istiod-${NEW}`]);
    expect(await ground.nextStep()).toBeUndefined();
  });
});

describe("a wrong order", () => {
  it.each<[string, () => object, RegExp]>([
    [
      "a version that is too far",
      () => ({ version: TOO_FAR, revision: TOO_FAR.replaceAll(".", "-"), tags: {} }),
      new RegExp(`istio-base would go from Istio ${AFTER} to ${TOO_FAR}`),
    ],
    ["a tag without its control plane", () => ({ tags: { stable: OLD } }), /mesh:istio\.tags\.stable is no revision/],
    ["a new root at once", () => ({ ca: ca(second, roots(second)) }), /signed by a root that nobody trusts yet/],
  ])("is refused before anything changes: %s", async (what, istio, message) => {
    const { file } = ground;
    const before = [await ground.controlPlanes(), await versions()];
    if (what.includes("root")) await ground.setKey(second?.own.key ?? "");
    ground.configure(istio());
    const { exitCode, output } = await ground.up();
    expect(exitCode).not.toBe(0);
    expect(output).toMatch(message);
    ground.file = file;
    if (what.includes("root")) await ground.setKey(first?.own.key ?? "");
    expect([await ground.controlPlanes(), await versions()]).toEqual(before);
    expectNoneFailed(what);
  });
});

describe("a rotation of the root", () => {
  it("first lets every proxy trust both", async () => {
    ground.configure({ ca: ca(first, roots(first, second)) });
    await ground.upAndVerify();
    await expect.poll(() => ground.roots(), { timeout: 60_000, interval: 2000 }).toEqual([2]);
    expectNoneFailed("both roots");
  });

  it("then signs by the new one", async () => {
    await ground.setKey(second?.own.key ?? "");
    ground.configure({ ca: ca(second, roots(first, second)) });
    await ground.upAndVerify();
    expectNoneFailed("the new certificate");
  });

  it("then forgets the old one", async () => {
    ground.configure({ ca: ca(second, roots(second)) });
    await ground.upAndVerify();
    await expect.poll(() => ground.rootsOfNewPods(), { timeout: 60_000, interval: 2000 }).toBe(1);
    expectNoneFailed("the new root alone");
  });
});

describe("the way back", () => {
  const rotated = () => ca(second, roots(second));

  it.each(STEPS.toReversed())("before: %s", async (title) => {
    ground.file = files.pop() ?? "";
    ground.configure({ ca: rotated() });
    await ground.upAndVerify();
    expectNoneFailed(`back before ${title}`);
  });

  it("ends at the older version, without a request lost", async () => {
    expect(await versions()).toEqual(all(BEFORE));
    expect(await ground.controlPlanes()).toEqual([`deployment.apps/istiod-${OLD}`]);
    await load.stop();
    console.log(`${load.count} requests in all: ${load.failures.length} failed`);
    expect(load.count).toBeGreaterThanOrEqual(LEAST);
    expect(load.failures).toEqual([]);
  });
});
