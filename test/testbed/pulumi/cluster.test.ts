import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Fields } from "../../../testbed/pulumi/provider/values/value.ts";
import { Refusal } from "./support/refusal.ts";
import { CallFailed, ProviderUnderTest } from "./support/provider.ts";
import {
  CONFIG_MAP,
  configMap,
  DEPLOYMENT,
  deployment,
  refusalOf,
  ROUTE,
  route,
  UNKNOWN,
  urnOf,
} from "./support/samples.ts";
import { setUp } from "./support/setUp.ts";

const under = setUp();
const folder = mkdtempSync(join(tmpdir(), "kubeconfig-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

/** Who the server took us for at the last request, after one that needs a kubeconfig's `user`. */
async function authorizedAs(user: Fields): Promise<string | undefined> {
  const { provider, cluster } = under;
  await provider.configure({ kubeconfig: file("config", cluster.kubeconfig(user)) });
  await provider.create({ urn: CONFIG_MAP, properties: configMap({}), preview: true });
  return cluster.requests.at(-1)?.authorization;
}

describe("the cluster is found by", () => {
  test("a kubeconfig's path, with a token", async () => {
    expect(await authorizedAs({ token: "abc" })).toBe("Bearer abc");
  });

  test("a token in a file beside the kubeconfig", async () => {
    file("token", "from-file\n");
    expect(await authorizedAs({ tokenFile: "token" })).toBe("Bearer from-file");
  });

  test("a program that gives the token, asked once, and again when the server refuses it", async () => {
    const { cluster } = under;
    const count = join(folder, "count");
    rmSync(count, { force: true });
    const script = `#!/bin/sh\necho x >> ${count}\nn=$(wc -l < ${count})\necho '{"status":{"token":"'$PREFIX-$n'"}}'\n`;
    const command = file("credentials", script, 0o700);
    const user = {
      exec: { apiVersion: "client.authentication.k8s.io/v1", command, env: [{ name: "PREFIX", value: "t" }] },
    };
    cluster.intercept = ({ authorization }) => {
      if (authorization !== "Bearer t-2") throw new Refusal(401, "Unauthorized");
    };
    expect(await authorizedAs(user)).toBe("Bearer t-2");
    expect(cluster.requests.map(({ authorization }) => authorization)[0]).toBe("Bearer t-1");
    expect(cluster.requests.filter(({ authorization }) => authorization === "Bearer t-1")).toHaveLength(1);
  });

  test("the context that the provider names", async () => {
    const { provider, cluster } = under;
    const content = JSON.parse(cluster.kubeconfig()) as Fields;
    const contexts = [...content.contexts, { name: "other", context: { cluster: "fake", namespace: "shop" } }];
    await provider.configure({ kubeconfig: JSON.stringify({ ...content, contexts }), context: "other" });
    const { namespace } = (
      await provider.check({ urn: CONFIG_MAP, news: { ...configMap({}), metadata: { name: "a" } } })
    ).metadata;
    expect(namespace).toBe("shop");
  });

  test.each([
    { title: "an unknown context", args: { context: "none" }, message: 'the kubeconfig has no context "none"' },
    { title: "an unknown cluster", args: { cluster: "none" }, message: 'the kubeconfig has no cluster "none"' },
  ])("$title is an error that says so", async ({ args, message }) => {
    const configured = under.provider.configure({ kubeconfig: under.cluster.kubeconfig(), ...args });
    expect((await refusalOf(configured, CallFailed)).message).toBe(message);
  });

  test.each(["a: b: [key-in-the-file", "/no/such/file/key-in-the-file"])(
    "%s is refused without being quoted",
    async (kubeconfig) => {
      const { message } = await refusalOf(under.provider.configure({ kubeconfig }), CallFailed);
      expect(message).toMatch(/^the kubeconfig is /);
      expect(message).not.toContain("key-in-the-file");
    },
  );
});

describe("what an object needs may not be there yet", () => {
  test("its definition comes while the update waits", async () => {
    const { provider, cluster } = under;
    cluster.unknown.add("/apis/networking.istio.io/v1");
    const preview = await provider.create({ urn: ROUTE, properties: route(50), preview: true });
    expect(preview.properties).toEqual(route(50));
    setTimeout(() => {
      cluster.unknown.clear();
    }, 300);
    expect((await provider.create({ urn: ROUTE, properties: route(50) })).id).toBe("bookinfo/reviews");
    expect(provider.plugin.logged.map(({ message }) => message)).toContain(
      'Retry #0; creation failed: no matches for kind "VirtualService" in version "networking.istio.io/v1"',
    );
  });

  test("a webhook starts while the update waits", async () => {
    const { provider, cluster } = under;
    let calls = 0;
    cluster.admit = () => {
      if (calls++ === 0)
        throw new Refusal(500, 'Internal error occurred: failed calling webhook "validation.istio.io"');
    };
    expect((await provider.create({ urn: ROUTE, properties: route(50) })).id).toBe("bookinfo/reviews");
  });

  test("what a webhook denies is refused at once, in its words", async () => {
    const denied = 'admission webhook "validation.istio.io" denied the request: weights sum to 150';
    under.cluster.admit = () => {
      throw new Refusal(400, denied);
    };
    for (const preview of [true, false]) {
      const { message } = await refusalOf(
        under.provider.create({ urn: ROUTE, properties: route(150), preview }),
        CallFailed,
      );
      expect(message).toBe(`resource "${ROUTE}" was not successfully created by the Kubernetes API server: ${denied}`);
    }
  });
});

test("a server that is too busy is asked again", async () => {
  let refusals = 0;
  under.cluster.intercept = () => {
    if (refusals++ === 0) throw new Refusal(429, "too many requests");
  };
  expect((await under.provider.create({ urn: ROUTE, properties: route(50) })).id).toBe("bookinfo/reviews");
  expect(refusals).toBeGreaterThan(1);
});

test("a cluster that cannot be reached is an error that says so", async () => {
  under.cluster.stop();
  const { message } = await refusalOf(under.provider.create({ urn: ROUTE, properties: route(50) }), CallFailed);
  expect(message).toContain("the Kubernetes cluster is unreachable: ");
});

describe("objects", () => {
  test("that exist are refused, unless the provider may take them over", async () => {
    const { provider, cluster } = under;
    cluster.store(configMap({}));
    const refused = await refusalOf(
      provider.create({ urn: CONFIG_MAP, properties: configMap({ a: "1" }) }),
      CallFailed,
    );
    expect(refused.message).toMatch(/configmaps "settings" already exists$/);
    await provider.configure({ kubeconfig: cluster.kubeconfig(), upsertExistingObjects: true });
    expect((await provider.create({ urn: CONFIG_MAP, properties: configMap({ a: "1" }) })).properties.data).toEqual({
      a: "1",
    });
  });

  test("without a name get one that stays", async () => {
    const news = { ...configMap({}), metadata: { namespace: "bookinfo" } };
    const first = await under.provider.check({ urn: CONFIG_MAP, news });
    expect(first.metadata.name).toMatch(/^sample-[0-9a-f]{8}$/);
    const again = await under.provider.check({ urn: CONFIG_MAP, olds: first, news: { ...news, data: { a: "1" } } });
    expect(again.metadata).toEqual(first.metadata);
  });

  test("of a kind without namespaces get none", async () => {
    const news = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    expect(await under.provider.check({ urn: urnOf("core/v1:Namespace"), news })).toEqual(news);
  });

  test("with values that are not known yet are previewed as they are", async () => {
    const properties = configMap({ host: UNKNOWN });
    expect((await under.provider.create({ urn: CONFIG_MAP, properties, preview: true })).properties).toEqual(
      properties,
    );
    expect(under.cluster.requests).toEqual([]);
  });

  test("are imported by their id, with all that somebody may have said as inputs", async () => {
    under.cluster.store(configMap({ a: "1" }));
    const { inputs, properties } = await under.provider.read({ urn: CONFIG_MAP, id: "bookinfo/settings" });
    expect(inputs).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "settings", namespace: "bookinfo" },
      data: { a: "1" },
    });
    expect(properties.data).toEqual({ a: "1" });
  });

  test("that are gone are read as nothing", async () => {
    const read = await under.provider.read({ urn: CONFIG_MAP, id: "bookinfo/settings", inputs: configMap({}) });
    expect(read).toEqual({ id: "", properties: {}, inputs: {} });
  });

  test("are deleted before they are replaced if their name is fixed, after if it is not", async () => {
    const { provider } = under;
    const fixed = await provider.diff({
      urn: CONFIG_MAP,
      oldInputs: configMap({ a: "1" }),
      news: configMap({ a: "2" }),
    });
    expect([fixed.getReplacesList(), fixed.getDeletebeforereplace()]).toEqual([["data.a"], true]);
    const annotations = { "pulumi.com/autonamed": "true" };
    const auto = (a: string) => ({ ...configMap({ a }), metadata: { ...configMap({}).metadata, annotations } });
    const free = await provider.diff({ urn: CONFIG_MAP, oldInputs: auto("1"), news: auto("2") });
    expect([free.getReplacesList(), free.getDeletebeforereplace()]).toEqual([["data.a"], false]);
  });

  test("ConfigMaps are changed in place where the provider says so", async () => {
    const { provider, cluster } = under;
    await provider.configure({ kubeconfig: cluster.kubeconfig(), enableConfigMapMutable: true });
    const diff = await provider.diff({
      urn: CONFIG_MAP,
      oldInputs: configMap({ a: "1" }),
      news: configMap({ a: "2" }),
    });
    expect(diff.getReplacesList()).toEqual([]);
  });
});

describe("the plugin", () => {
  test("says once that it stands in", async () => {
    const provider = await ProviderUnderTest.start();
    for (let times = 0; times < 3; times++) await provider.configure({ kubeconfig: under.cluster.kubeconfig() });
    await provider.stop();
    expect(provider.plugin.logged).toMatchObject([
      { message: expect.stringContaining("is a stand-in"), urn: "", ephemeral: false },
    ]);
  });

  test("refuses what it does not know, and says where to read on", async () => {
    const { message } = await refusalOf(under.provider.invoke(), CallFailed);
    expect(message).toContain("knows no invoke; testbed/pulumi/README.md says what it serves");
  });

  test("keeps the state of what it waits for when the user interrupts the engine", async () => {
    const provider = await ProviderUnderTest.start();
    await provider.configure({ kubeconfig: under.cluster.kubeconfig() });
    setTimeout(() => void provider.cancel(), 300);
    const failed = await refusalOf(provider.create({ urn: DEPLOYMENT, properties: deployment() }), CallFailed);
    expect(failed.id).toBe("bookinfo/details");
    expect(failed.reasons[0]).toContain("'details' was cancelled waiting to be Ready");
    await provider.stop();
  });

  test("ends when the engine is gone", async () => {
    const provider = await ProviderUnderTest.start();
    provider.plugin.loseEngine();
    await provider.plugin.ended();
    await provider.stop();
  });
});
