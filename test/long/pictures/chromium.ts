// A real browser without a window: what it makes of a page, as text or as a picture.
import { accessSync, constants, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { run } from "../../../lib/run.ts";

export interface View {
  readonly theme: "light" | "dark";
  /** In CSS pixels. */
  readonly width: number;
  readonly height?: number;
}

const NAMES = ["google-chrome", "chromium", "chromium-browser", "chromium-headless-shell"];
const DEBIAN = ["chromium-headless-shell", "fonts-dejavu-core"];

const onPath = () =>
  NAMES.flatMap((name) => (process.env.PATH ?? "").split(":").map((folder) => join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** The browser of the machine, or Debian's. */
async function browser(): Promise<string> {
  const found = onPath();
  if (found !== undefined) return found;
  await run("apt-get", ["update"]);
  await run("apt-get", ["install", "--yes", "--no-install-recommends", ...DEBIAN], {
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  const installed = onPath();
  if (installed === undefined) throw new Error(`none of ${NAMES.join(", ")} is on PATH`);
  return installed;
}

const program = browser();

async function open(page: string, { theme, width, height = 900 }: View, ...task: readonly string[]): Promise<string> {
  // Headless Chromium takes a preference for colors by this setting alone: 0 is dark, 1 light.
  const preferred = `--blink-settings=preferredColorScheme=${theme === "dark" ? 0 : 1}`;
  const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=60000"];
  const size = `--window-size=${width},${height}`;
  return run(await program, [...flags, preferred, size, ...task, pathToFileURL(page).href]);
}

/**
 * Runs a script in a page and returns what it answers.
 * @param page the file of the page
 * @param script the body of an async function, in JavaScript
 */
export async function ask<T>(page: string, script: string, view: View): Promise<T> {
  const asking = `${page}.asking.html`;
  // The answer goes where --dump-dom shows it.
  const tell = "(answer) => document.documentElement.setAttribute('data-answer', encodeURIComponent(answer))";
  const task = `<script type="module">const tell = ${tell};
try { tell(JSON.stringify(await (async () => { ${script} })())); } catch (error) { tell("failed: " + error.stack); }
</script>`;
  writeFileSync(asking, `${readFileSync(page, "utf8")}${task}`);
  const dom = await open(asking, view, "--dump-dom");
  const answer = decodeURIComponent(/ data-answer="([^"]*)"/.exec(dom)?.[1] ?? "failed: no answer");
  if (answer.startsWith("failed: ")) throw new Error(`the script ${answer}`);
  return JSON.parse(answer) as T;
}

/** Writes a picture of the page, as PNG. */
export async function photograph(page: string, file: string, view: View): Promise<void> {
  await open(page, view, `--screenshot=${file}`);
}
