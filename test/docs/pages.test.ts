// What holds for every page: its links lead somewhere, and the commands that it names are there.
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { settingsProblems } from "../../settings/parse.ts";
import { yamlExamples } from "../yamlExamples.ts";

const checkout = join(import.meta.dirname, "../..");
const pages = globSync(["*.md", "{docs,testbed,examples,.github}/**/*.md"], { cwd: checkout }).toSorted();
const read = (page: string) => readFileSync(join(checkout, page), "utf8");

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): string[] =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );

const withoutCode = (text: string) => text.replaceAll(/^```.*?^```/gms, "").replaceAll(/`[^`\n]*`/g, "");

const targets = [...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, target = ""]) => target);

describe.each(pages)("%s", (page) => {
  const text = read(page);

  it("has links that lead somewhere", () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link);
    const local = links.filter((link) => !/^[a-z]+:/.test(link));
    const broken = local.filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? page : normalize(join(dirname(page), file));
      if (!existsSync(join(checkout, target))) return true;
      return anchor !== undefined && !anchorsOf(target).includes(anchor);
    });
    expect(broken).toEqual([]);
  });

  it("names commands that there are", () => {
    const code = [...text.matchAll(/^```sh\n(.*?)^```/gms), ...text.matchAll(/`([^`\n]+)`/g)].map(
      ([, part = ""]) => part,
    );
    const named = code.flatMap((part) => [...part.matchAll(/(?:^|&& )(?:\w+=\S+ )*make (?:-s )?([a-z][a-z-]*)/gm)]);
    expect(named.map(([, target = ""]) => target).filter((target) => !targets.includes(target))).toEqual([]);
  });
});

// Pages whose examples have a test of their own hold them to more.
describe.each(["environments", "getting-started", "operations"])("docs/%s.md", (name) => {
  const text = read(`docs/${name}.md`);

  it("has examples that are right, or shows what is said of them", () => {
    for (const example of yamlExamples(text)) {
      const { config } = load(example) as { config: Record<string, unknown> };
      const problems = settingsProblems(config).map(({ path, reason }) => `  ${path} ${reason}\n`);
      expect(
        problems.filter((problem) => !text.includes(problem)),
        example,
      ).toEqual([]);
    }
  });
});
