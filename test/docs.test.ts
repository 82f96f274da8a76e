import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { hostTrafficFields } from "../components/traffic/hostTrafficOptions.ts";
import { scenarioOf } from "../scenarios/scenarioOf.ts";
import { pathText } from "../lib/schema/problems.ts";
import { generatedSecrets } from "../settings/generatedSecrets.ts";
import { settingsProblems } from "../settings/parse.ts";
import { yamlExamples } from "./yamlExamples.ts";

const text = fs.readFileSync(path.join(import.meta.dirname, "../docs/traffic.md"), "utf8");
const endToEnd = ["long/traffic.test.ts", "long/features.ts", "long/limits.test.ts"]
  .map((file) => fs.readFileSync(path.join(import.meta.dirname, file), "utf8"))
  .join();
const fences = yamlExamples(text);
const [examples, files] = [
  fences.filter((fence) => fence.startsWith("config:")),
  fences.filter((fence) => fence.startsWith("# ")),
];
const rows = [...text.matchAll(/^\| (?!feature|-)(.*)\|$/gm)].map(([, row = ""]) =>
  row.split("|").map((cell) => cell.trim()),
);

describe("docs/traffic.md", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "docs-"));
    for (const file of files) {
      const place = path.join(folder, /^# (\S+)/.exec(file)?.[1] ?? "");
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, file);
    }
  });
  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  it("has no other examples", () => {
    expect(fences.length).toBe(examples.length + files.length);
  });

  it.each(examples.map((example) => [example.split("\n").slice(1, 4).join(" ").trim(), example]))(
    "has an example that is right: %s",
    (_name, example) => {
      const { config } = load(example) as { config: Record<string, unknown> };
      expect(settingsProblems(config, { folder })).toEqual([]);
    },
  );

  it.each(rows.map((row) => [row[0], row] as const))(
    "names what there is: %s",
    (_feature, [, , example = "", test = "", proof = ""]) => {
      const [, anchor = ""] = /\(#(.*)\)/.exec(example) ?? [];
      const headings = [...text.matchAll(/^### (.*)$/gm)].map(([, heading = ""]) => heading.toLowerCase());
      expect(headings.map((heading) => heading.replaceAll(" ", "-").replaceAll("/", ""))).toContain(anchor);
      expect(fs.existsSync(path.join(import.meta.dirname, test.replaceAll("`", "")))).toBe(true);

      const names = [...proof.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);
      const titles = [...proof.matchAll(/“([^”]+)”/g)].map(([, title = ""]) => title);
      expect(names.filter((name) => scenarioOf(name) === undefined)).toEqual([]);
      expect(titles.filter((title) => !endToEnd.includes(`it("${title}"`))).toEqual([]);
      expect(names.length + titles.length).toBeGreaterThan(0);
    },
  );

  it("has an example of every argument of a host", () => {
    const used = examples.flatMap((example) => {
      const { config } = load(example) as { config: { "mesh:traffic"?: Record<string, object> } };
      return Object.values(config["mesh:traffic"] ?? {}).flatMap((host) => Object.keys(host));
    });
    expect(Object.keys(hostTrafficFields).filter((name) => !used.includes(name))).toEqual(["host", "exportTo"]);
  });
});

describe("README.md", () => {
  const readme = fs.readFileSync(path.join(import.meta.dirname, "../README.md"), "utf8");

  it("shows the problems of a stack file as they are said", () => {
    const problems = settingsProblems({
      "mesh:istio": { acessLog: true, ingressGateway: { type: "Loadbalancer" } },
    });
    const lines = problems.map(({ path: where, reason }) => `  ${where} ${reason}`);
    expect(readme).toContain(`2 settings are wrong in Pulumi.local.yaml:\n${lines.join("\n")}\n`);
  });

  it.each(yamlExamples(readme))("has an example that is right: %s", (example) => {
    expect(settingsProblems(load(example) as Record<string, unknown>)).toEqual([]);
  });
});

describe("docs/security.md", () => {
  const guide = fs.readFileSync(path.join(import.meta.dirname, "../docs/security.md"), "utf8");

  it.each(yamlExamples(guide))("has an example that is right: %s", (example) => {
    const { config } = load(example) as { config: Record<string, unknown> };
    expect(settingsProblems(config)).toEqual([]);
  });
});

describe("docs/observability.md", () => {
  const guide = fs.readFileSync(path.join(import.meta.dirname, "../docs/observability.md"), "utf8");

  it.each(yamlExamples(guide))("has an example that is right: %s", (example) => {
    const { config } = load(example) as { config: Record<string, unknown> };
    expect(settingsProblems(config)).toEqual([]);
  });

  it("names the secrets that there are, and links to files that are there", () => {
    for (const { path: secret } of generatedSecrets) expect(guide).toContain(`mesh:${pathText(secret)}`);
    const links = [...guide.matchAll(/\]\((\.\.\/[^)]+)\)/g)].map(([, link = ""]) => link);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(fs.existsSync(path.join(import.meta.dirname, "../docs", link)), link).toBe(true);
  });
});
