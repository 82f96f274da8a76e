import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readStackFile, writeStackFileCopy } from "../../../tools/stack/stackFile";

describe("the copy of a stack file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "stack-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (config: Record<string, unknown>, overlay: Record<string, unknown>) => {
    const file = writeStackFileCopy(folder, "local", config, overlay);
    return { file, content: parse(readFileSync(file, "utf8")) as Record<string, unknown> };
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

describe("a stack file that is not there", () => {
  it("is said with the stacks that are", () => {
    expect(() => readStackFile("nowhere")).toThrow(/Pulumi\.nowhere\.yaml.*local/);
  });
});
