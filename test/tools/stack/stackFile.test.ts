import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { readYaml } from "../../../lib/yamlFile.ts";
import { checkout } from "../../../tools/stack/checkout.ts";
import { readStackFile, writeStackFileCopy } from "../../../tools/stack/stackFile.ts";

describe("the copy of a stack file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (config: Record<string, unknown>, overlay: Record<string, unknown>) => {
    const file = writeStackFileCopy(folder, "local", { config, keys: {} }, overlay);
    return { file, content: load(readFileSync(file, "utf8")) as Record<string, unknown> };
  };

  it("merges what the tools add, map by map, and never two sources of charts", () => {
    const own = { "mesh:istio": { accessLog: false, charts: { repository: "https://example.com" }, values: { a: 1 } } };
    const added = {
      "mesh:istio": { charts: { folder: "/charts" }, values: { b: 2 } },
      "mesh:cluster": { context: "x" },
    };
    expect(written(own, added).content).toEqual({
      config: {
        "mesh:istio": { accessLog: false, charts: { folder: "/charts" }, values: { a: 1, b: 2 } },
        "mesh:cluster": { context: "x" },
      },
    });
  });

  it("says to the engine what the stack file says: a text in quotes stays a text", () => {
    const texts = [
      "010",
      "1_000",
      "0b11",
      "2024-01-15",
      ".inf",
      "<<",
      "yes",
      "null",
      "1e3",
      "",
      "a: b",
      "# c",
      "two\nlines\n",
    ];
    const config = { "mesh:a": texts, "mesh:b": Object.fromEntries(texts.map((text) => [text, text])) };
    const { file } = written(config, {});
    expect(readYaml(file, "")).toEqual({ value: { config } });
  });

  it("keeps the salt of the stack's secrets, and is for its owner's eyes", () => {
    const { file } = written({}, {});
    writeFileSync(file, `encryptionsalt: v1:salt\n${readFileSync(file, "utf8")}`);
    expect(written({ "mesh:profile": "demo" }, {}).content).toEqual({
      encryptionsalt: "v1:salt",
      config: { "mesh:profile": "demo" },
    });
    rmSync(file);
    expect(statSync(written({}, {}).file).mode & 0o077).toBe(0);
  });
});

describe("secrets that were set in the copy", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const secure = (text: string) => ({ secure: `v1:${text}` });
  const earlier = {
    "mesh:bookinfo": { ratings: { database: "mysql", password: secure("mysql") }, namespace: "old" },
    "mesh:observability": { grafana: { password: secure("grafana") }, kiali: { signingKey: secure("kiali") } },
  };
  const next = (config: Record<string, unknown>) => {
    writeStackFileCopy(folder, "local", { config: earlier, keys: {} }, {});
    const file = writeStackFileCopy(folder, "local", { config, keys: {} }, {});
    return (load(readFileSync(file, "utf8")) as { config: unknown }).config;
  };

  it("stay where the stack needs them, though its file does not have them", () => {
    expect(next({})).toEqual({ "mesh:observability": earlier["mesh:observability"] });
  });

  it("stay in a section that is still there", () => {
    expect(next({ "mesh:bookinfo": { ratings: { database: "mysql" } }, "mesh:profile": "production" })).toEqual({
      "mesh:profile": "production",
      "mesh:bookinfo": { ratings: { database: "mysql", password: secure("mysql") } },
    });
  });

  it("go with their section, and with the tool that they are for", () => {
    expect(next({ "mesh:bookinfo": {}, "mesh:observability": { enabled: false } })).toEqual({
      "mesh:bookinfo": {},
      "mesh:observability": { enabled: false },
    });
    expect(next({ "mesh:observability": { kiali: { enabled: false } } })).toEqual({
      "mesh:observability": { kiali: { enabled: false }, grafana: { password: secure("grafana") } },
    });
  });

  it("give way to the stack file's own", () => {
    expect(next({ "mesh:observability": { grafana: { password: secure("own") } } })).toEqual({
      "mesh:observability": { grafana: { password: secure("own") }, kiali: { signingKey: secure("kiali") } },
    });
  });
});

describe("a stack file that says something else than it seems to", () => {
  const name = `test-${process.pid}`;
  const file = join(checkout, `Pulumi.${name}.yaml`);
  afterEach(() => {
    rmSync(file);
  });
  it.each<[what: string, text: string, words: string]>([
    ["confg", "confg:\n  mesh:profile: production\n", "confg is no key of a stack file; did you mean config?"],
    [
      "another namespace",
      "config:\n  mehs:profile: demo\n",
      "mehs:profile has a namespace .*; did you mean mesh:profile\\?",
    ],
    [
      "an alias",
      "config:\n  mesh:bookinfo: { ratings: { password: *MyPass1 } }\n",
      "mesh:bookinfo.ratings.password \\(line 2\\) begins with \\*",
    ],
  ])("is refused with its name: %s", (_what, text, words) => {
    writeFileSync(file, text);
    expect(() => readStackFile(name)).toThrow(new RegExp(`Pulumi\\.${name}\\.yaml[^]*\\n  ${words}`));
    expect(() => readStackFile(name)).not.toThrow(/MyPass1/);
  });
});

describe("a stack file that is not there", () => {
  it("is said with the stacks that are", () => {
    expect(() => readStackFile("nowhere")).toThrow(/Pulumi\.nowhere\.yaml.*local/);
  });
});
