// What people look at, as a real browser shows it: the report as a page, and every diagram of the documents and of the comment on a
// pull request. Costs half a minute, and a download of Chromium on a machine without one.
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cached } from "../../lib/cache.ts";
import { run } from "../../lib/run.ts";
import { html } from "../../report/html.ts";
import { stackReport } from "../../report/stackReport.ts";
import { npm } from "../../versions.ts";
import { eventsOf } from "../report/change.ts";
import { mesh, split, stock } from "../report/shop.ts";
import { ask, type View } from "./pictures/chromium.ts";
import { CONTRAST, DIAGRAM, OVERLAPS } from "./pictures/looks.ts";

const checkout = join(import.meta.dirname, "../..");
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "pictures-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const VIEWS: readonly View[] = (["light", "dark"] as const).flatMap((theme) =>
  [1280, 400].map((width) => ({ theme, width })),
);

describe.each(VIEWS)("the report as a page, $theme, $width pixels wide", (view) => {
  const page = () => {
    const file = join(folder, "report.html");
    const step = eventsOf([...mesh, ...stock(split(90, 10))], [...mesh, ...stock(split(70, 30))]);
    const broken = "[{ route: [{ destination: { host: stock, subset: v3 } }] }]";
    const lost = eventsOf([...mesh, ...stock(split(50, 50))], [...mesh, ...stock(broken)]);
    writeFileSync(file, html([stackReport("dev", step), stackReport("prod", lost)]));
    return file;
  };

  it("has no text over another or beyond the edge", async () => {
    const { texts, wrong } = await ask<{ texts: number; wrong: string[] }>(page(), OVERLAPS, view);
    expect(texts).toBeGreaterThan(20);
    expect(wrong).toEqual([]);
  });

  it("can be read", async () => {
    expect(await ask<string[]>(page(), CONTRAST, view)).toEqual([]);
  });
});

it("a text that nobody could read, or that lies upon another, would be found", async () => {
  const file = join(folder, "bad.html");
  const faint = '<p style="color: #ccc; background: #fff">faint</p>';
  writeFileSync(file, `<!doctype html><body>${faint}<p style="margin-top: -2.2rem">above</p>`);
  const view = { theme: "light", width: 1280 } as const;
  expect(await ask<string[]>(file, CONTRAST, view)).toEqual(["faint (1.6)"]);
  expect((await ask<{ wrong: string[] }>(file, OVERLAPS, view)).wrong).toEqual(["faint over above"]);
});

const diagrams = globSync(["*.md", "{docs,testbed,examples}/**/*.md", "test/report/goldens/*.md"], { cwd: checkout })
  .toSorted()
  .flatMap((file) =>
    [...readFileSync(join(checkout, file), "utf8").matchAll(/^```mermaid\n(.*?)^```/gms)].map(
      ([, source = ""], index) => [`${file}, diagram ${index + 1}`, source] as const,
    ),
  );

describe("a diagram", () => {
  let library: string;
  beforeAll(async () => {
    const entry = await cached(`mermaid-${npm.mermaid}`, async (target) => {
      const packed = await run("npm", ["pack", "--silent", "--pack-destination", folder, `mermaid@${npm.mermaid}`]);
      mkdirSync(target);
      const file = "package/dist/mermaid.min.js";
      await run("tar", ["-xzf", join(folder, packed.trim()), "-C", target, "--strip-components=2", file]);
    });
    library = join(entry, "mermaid.min.js");
  });

  it.each(diagrams)("has parts that hold their text and keep apart: %s", async (_name, source) => {
    const file = join(folder, "diagram.html");
    const drawn = JSON.stringify(source).replaceAll("<", "\\u003c");
    const code = readFileSync(library, "utf8");
    writeFileSync(file, `<!doctype html><body><script>window.source = ${drawn};</script><script>${code}</script>`);
    const view = { theme: "light", width: 1000, height: 1200 } as const;
    const { parts, wrong } = await ask<{ parts: number; wrong: string[] }>(file, DIAGRAM, view);
    expect(parts).toBeGreaterThan(5);
    expect(wrong).toEqual([]);
  });
});
