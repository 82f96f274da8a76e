// What people look at, as a real browser shows it: the report as a page, and every diagram of the documents and of the comment on a
// pull request. Costs half a minute, and a download of Chromium on a machine without one.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cached } from "../../lib/cache.ts";
import { run } from "../../lib/run.ts";
import { npm } from "../../versions.ts";
import { ask, photograph, type View } from "./pictures/chromium.ts";
import { CONTRAST, DIAGRAM, OVERLAPS } from "./pictures/looks.ts";

const checkout = join(import.meta.dirname, "../..");
/** The page that docs/pull-requests.md shows. */
const PICTURED = "fault-left-in.html";
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

const goldens = join(checkout, "test/report/goldens");
const pages = readdirSync(goldens).filter((name) => name.endsWith(".html"));

describe.each(VIEWS)("the report as a page, $theme, $width pixels wide", (view) => {
  const copied = (name: string) => {
    const file = join(folder, name);
    copyFileSync(join(goldens, name), file);
    return file;
  };

  it.each(pages)("of %s has no text over another or beyond the edge, and can be read", async (name) => {
    const { texts, wrong } = await ask<{ texts: number; wrong: string[] }>(copied(name), OVERLAPS, view);
    expect(texts).toBeGreaterThan(1);
    expect(wrong).toEqual([]);
    expect(await ask<string[]>(copied(name), CONTRAST, view)).toEqual([]);
  });
});

it("the pictures in docs/images are of the page as it is", async () => {
  const page = join(goldens, PICTURED);
  const file = join(import.meta.dirname, "pictures/pictured.txt");
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  const now = `${createHash("sha256").update(readFileSync(page)).digest("hex")}\n`;
  await expect(now).toMatchFileSnapshot(file);
  if (now === before) return;
  // Where the test was told to write down what is new, the pictures are new as well.
  for (const theme of ["light", "dark"] as const) {
    const view = { theme, width: 1000, height: 560 };
    await photograph(page, join(checkout, `docs/images/report-${theme}.png`), view);
  }
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
