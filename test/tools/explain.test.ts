import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf, type Outcome } from "../../lib/run.ts";
import { mesh, split, stock } from "../report/shop.ts";

const checkout = join(import.meta.dirname, "../..");

describe("make explain on manifests", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "explain-"));
    writeFileSync(join(folder, "mesh.yaml"), mesh.map((one) => JSON.stringify(one)).join("\n---\n"));
    writeFileSync(
      join(folder, "stock.yaml"),
      stock(split(90, 10))
        .map((one) => JSON.stringify(one, null, 2))
        .join(),
    );
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const explain = (env: Record<string, string>, ...args: string[]): Promise<Outcome> =>
    outcomeOf(process.execPath, ["tools/explain.ts", ...args], {
      cwd: checkout,
      env: { REQUEST: "", FROM: "", FILES: folder, ...env },
    });

  it("names the file and the line that decides", async () => {
    const { exitCode, stdout } = await explain({ REQUEST: "GET http://stock:8080/", FROM: "cart" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(`VirtualService stock.shop spec.http[0]  ${folder}/stock.yaml:13\n`);
    expect(stdout).toContain(
      "=> 90 % stock.shop:8080 v1 (stock-v1), mutual TLS\n=> 10 % stock.shop:8080 v2 (stock-v2), mutual TLS",
    );
  });

  it.each([
    [{}, [], "usage: make explain REQUEST="],
    [
      { REQUEST: "GET http://stock:8080/", FROM: "nobody" },
      [],
      "FROM names no workload: use one of cart, ingress, stock",
    ],
    [
      { REQUEST: "GET http://stock:8080/", FROM: "cart", FILES: "/not/there" },
      [],
      "/not/there does not exist: check the name",
    ],
    [
      { REQUEST: "GET http://stock:8080/", FROM: "cart" },
      ["--live"],
      "--live asks the proxy of a pod: leave FILES out",
    ],
    [{ REQUEST: "GET http://stock:8080/ -X POST", FROM: "cart" }, [], "the option -X is not known"],
    [{ REQUEST: "GET http://stock:8080/", FROM: "cart" }, ["--what"], "Unknown option '--what'"],
  ])("says what is wrong: %j %j", async (env, args, reason) => {
    const { exitCode, stderr } = await explain(env, ...args);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(reason);
  });
});
