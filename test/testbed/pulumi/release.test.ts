import { existsSync, readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DEFAULTS } from "../../../testbed/pulumi/kubernetes/release/arguments.ts";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { CallFailed } from "./support/provider.ts";
import { refusalOf, secret, withoutSecrets } from "./support/samples.ts";
import { fakeChart, RELEASE } from "./support/release.ts";
import { setUp } from "./support/setUp.ts";

const { charts, helm, inputs } = fakeChart();
const under = setUp({ ...helm.env, TMPDIR: charts });

const create = (args?: Fields, timeout = 0) =>
  under.provider.create({ urn: RELEASE, properties: inputs(args), timeout });

/** The arguments of a call without the chart's values, whose file has another name each time. */
const lastArgs = (): string[] => {
  const args = [...(helm.calls.at(-1)?.args ?? [])];
  const at = args.indexOf("--values");
  return at < 0 ? args : args.slice(0, at);
};

describe("helm is called with", () => {
  const BASE = ["install", "gateway", charts, "--namespace", "bookinfo", "--timeout"];
  test.each([
    { title: "no more than is asked for", args: {}, flags: ["60s", "--wait", "--version", "1.2.3"] },
    { title: "no wait", args: { skipAwait: true }, flags: ["60s", "--version", "1.2.3"] },
    {
      title: "a wait all the same if it is atomic",
      args: { skipAwait: true, atomic: true },
      flags: ["60s", "--wait", "--version", "1.2.3", "--atomic"],
    },
    {
      title: "flags for what is on",
      args: { createNamespace: true, disableWebhooks: true, skipCrds: true, waitForJobs: true, description: "d" },
      flags: [
        "60s",
        "--wait",
        "--version",
        "1.2.3",
        "--create-namespace",
        "--description",
        "d",
        "--no-hooks",
        "--skip-crds",
        "--wait-for-jobs",
      ],
    },
    {
      title: "a repository",
      args: { repositoryOpts: { repo: "https://charts.example.com", caFile: "/ca.pem" } },
      flags: ["--repo", "https://charts.example.com", "--ca-file", "/ca.pem"],
    },
  ])("$title", async ({ args, flags }) => {
    helm.plan({ install: { status: "deployed" } });
    await create(args);
    const expected = flags[0] === "60s" ? [...BASE, ...flags] : expect.arrayContaining(flags);
    expect(lastArgs()).toEqual(expected);
  });

  test("the program's own limit", async () => {
    helm.plan({ install: { status: "deployed" } });
    await create({}, 7);
    expect(lastArgs().join(" ")).toContain("--timeout 7s");
  });

  test("upgrade, and what only that knows", async () => {
    helm.plan({ install: { status: "deployed" }, upgrade: { status: "deployed" } });
    const { properties } = await create();
    const news = inputs({ cleanupOnFail: true, maxHistory: 5 });
    const updated = await under.provider.update({
      urn: RELEASE,
      id: "bookinfo/gateway",
      olds: properties,
      oldInputs: inputs(),
      news,
    });
    expect(lastArgs().slice(0, 4)).toEqual(["upgrade", "--install", "gateway", charts]);
    expect(lastArgs().slice(-3)).toEqual(["--cleanup-on-fail", "--history-max", "5"]);
    expect(updated.status.revision).toBe(2);
  });
});

describe("values", () => {
  test("go by files, the program's own first; nulls are left out", async () => {
    helm.plan({ install: { status: "deployed" } });
    const asset = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", text: "replicas: 3\n" };
    await create({ valueYamlFiles: [asset], values: { a: { b: 1, c: null }, list: [{ d: null }] } });
    const [call] = helm.calls;
    expect(Object.values(call?.files ?? {}).map((text) => text.trim())).toEqual([
      "replicas: 3",
      '{"a":{"b":1},"list":[{}]}',
    ]);
  });

  test("with allowNullValues keep their nulls", async () => {
    helm.plan({ install: { status: "deployed" } });
    await create({ allowNullValues: true, values: { a: null } });
    expect(Object.values(helm.calls[0]?.files ?? {})).toEqual(['{"a":null}']);
  });
});

describe("secrets of a release", () => {
  const password = "correct-horse-battery";

  test("are in no argument, in files for us alone, and gone afterwards", async () => {
    helm.plan({ install: { status: "deployed" } });
    const repositoryOpts = { repo: "https://charts.example.com", username: "me", password: secret(password) };
    const { properties } = await create({ chart: "gateway", repositoryOpts, values: { admin: secret(password) } });
    const [update, install] = helm.calls;
    expect(update?.args.slice(0, 2)).toEqual(["repo", "update"]);
    expect(install?.args.slice(0, 3)).toEqual(["install", "gateway", "repository/gateway"]);
    expect(JSON.stringify(helm.calls.map(({ args }) => args))).not.toContain(password);
    expect(Object.values(install?.files ?? {}).filter((text) => text.includes(password))).toHaveLength(2);
    expect(helm.calls.flatMap(({ modes }) => modes)).toEqual(expect.not.arrayContaining(["644"]));
    expect(new Set(helm.calls.flatMap(({ modes }) => modes))).toEqual(new Set(["600"]));
    expect(Object.keys(install?.files ?? {}).filter((file) => existsSync(file))).toEqual([]);
    expect(properties.values).toEqual({ admin: secret(password) });
    expect(JSON.stringify(withoutSecrets(properties))).not.toContain(password);
  });

  test("for an OCI registry go by a file too", async () => {
    helm.plan({ install: { status: "deployed" } });
    await create({
      chart: "oci://registry.example.com/charts/gateway",
      repositoryOpts: { username: "me", password: secret(password) },
    });
    const [install] = helm.calls;
    const auth = Buffer.from(`me:${password}`).toString("base64");
    expect(Object.values(install?.files ?? {}).map((text) => JSON.parse(text) as unknown)).toContainEqual({
      auths: { "registry.example.com": { auth } },
    });
    expect(install?.args).toContain("--registry-config");
    expect(install?.args.join(" ")).not.toContain(password);
  });

  test("that helm quotes are blotted out", async () => {
    helm.plan({ install: { exitCode: 1, stderr: `Error: INSTALLATION FAILED: bad value "${password}"` } });
    const { message } = await refusalOf(create({ values: { admin: secret(password) } }), CallFailed);
    expect(message).toBe('bad value "[secret]"');
  });
});

describe("the version of the chart", () => {
  const check = (news: Fields) => under.provider.check({ urn: RELEASE, news: { name: "g", compat: "true", ...news } });

  test("is read from the folder, without helm", async () => {
    helm.plan({});
    const checked = await check({ chart: charts, namespace: "shop" });
    expect(checked).toEqual({ ...DEFAULTS, name: "g", namespace: "shop", chart: charts, version: "1.2.3" });
    expect(helm.calls).toEqual([]);
  });

  test.each([
    { given: undefined, asks: true },
    { given: "^1.2", asks: true },
    { given: "1.2.4", asks: false },
  ])("given as $given is asked for: $asks", async ({ given, asks }) => {
    helm.plan({ show: { stdout: "name: gateway\nversion: 1.2.4\n" } });
    const { version } = await check({ chart: "oci://registry.example.com/gateway", ...(given && { version: given }) });
    expect(version).toBe("1.2.4");
    expect(helm.calls.map(({ args }) => args.slice(0, 2).join(" "))).toEqual(asks ? ["show chart"] : []);
  });
});

test("a release is imported by its id", async () => {
  helm.plan({ install: { status: "deployed" } });
  await create({ values: { replicas: 2 } });
  const { inputs: imported } = await under.provider.read({ urn: RELEASE, id: "bookinfo/gateway" });
  expect(imported).toMatchObject({
    name: "gateway",
    namespace: "bookinfo",
    chart: "gateway",
    version: "1.0.0",
    values: { replicas: 2 },
  });
});

test("no folder of a run of helm is left, nor what helm has learned of the API", async () => {
  helm.plan({ install: { status: "deployed" } });
  await create();
  expect(helm.calls[0]?.cache).toMatch(/^.*\/helm-release-\w+\/discovery$/);
  expect(helm.calls[0]?.cache.startsWith(charts)).toBe(true);
  expect(readdirSync(charts).filter((name) => name.startsWith("helm-release-"))).toEqual([]);
});
