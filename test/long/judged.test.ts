// What mesh-check finds in the manifests of public projects, as Go modules carry them. A person has judged each kind of error by the
// source of Istio and the rules of Kubernetes: judged/*.json says which are true and why. Costs two minutes.
import { relative } from "node:path";
import picomatch from "picomatch";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { run } from "../../lib/run.ts";
import { judgedModules } from "../../versions.ts";
import { run as meshCheck, scratch, type Reported } from "../policies/cli/example.ts";
import istio from "./judged/istio.json" with { type: "json" };
import others from "./judged/others.json" with { type: "json" };

interface Verdict {
  readonly module: string;
  /** A glob in the module. */
  readonly files: string;
  readonly isTrue: boolean;
  readonly why: string;
  /** How many there are of each rule and kind. */
  readonly errors: Readonly<Record<string, number>>;
}

interface Row {
  readonly objects: string;
  readonly verdicts: readonly Verdict[];
}

const verdicts = [...istio, ...others] as unknown as readonly Verdict[];
const { folder } = scratch();
const rows = new Map<string, Row>();

describe.each(Object.entries(judgedModules))("%s", (module, version) => {
  it("has no error that nobody has judged, and all that were", async () => {
    const asked = ["mod", "download", "-json", `${module}@v${version}`];
    const { Dir } = JSON.parse(await run("go", asked, { cwd: folder })) as { readonly Dir: string };
    const own = verdicts.filter((verdict) => verdict.module === module);
    const open = own.map((verdict) => ({
      verdict,
      isIn: picomatch(verdict.files),
      errors: new Map<string, number>(),
    }));
    const strangers: string[] = [];
    for (const { file, rule, kind } of errorsIn(Dir)) {
      const what = `${rule} ${kind}`.trim();
      const judged = open.find(({ verdict, isIn }) => isIn(file) && what in verdict.errors);
      if (judged === undefined) strangers.push(`${file}: ${what}`);
      else judged.errors.set(what, (judged.errors.get(what) ?? 0) + 1);
    }
    expect(strangers).toEqual([]);
    const found = open.map(({ verdict, errors }) => ({ files: verdict.files, errors: Object.fromEntries(errors) }));
    expect(found).toEqual(own.map(({ files, errors }) => ({ files, errors })));
    const objects = /(\d+) objects? in/.exec(meshCheck("--min-severity", "error", Dir).out)?.[1] ?? "";
    rows.set(module, { objects, verdicts: own });
  });
});

it("docs/mesh-check-judged.md has the numbers", async () => {
  expect([...rows.keys()]).toEqual(Object.keys(judgedModules));
  await expect(await page()).toMatchFileSnapshot("../../docs/mesh-check-judged.md");
});

/** The errors in a module, each once, whichever codes it has. */
function errorsIn(module: string): readonly (Reported & { readonly kind: string })[] {
  const { out } = meshCheck("--json", "--min-severity", "error", module);
  const found = JSON.parse(out) as readonly (Reported & { readonly kind: string })[];
  const inModule = found.map((error) => ({ ...error, file: relative(module, error.file), code: null }));
  return [...new Map(inModule.map((error) => [JSON.stringify(error), error])).values()];
}

const total = (verdicts: readonly Verdict[]) =>
  verdicts.flatMap(({ errors }) => Object.values(errors)).reduce((sum, count) => sum + count, 0);

/** A verdict in a line, with the errors by rules. */
function reason({ files, isTrue, why, errors }: Verdict): string {
  const byRule = new Map<string, number>();
  for (const [what, count] of Object.entries(errors)) {
    const [rule = ""] = what.split(" ");
    byRule.set(rule, (byRule.get(rule) ?? 0) + count);
  }
  const counts = [...byRule].map(([rule, count]) => `${count} ${rule}`).join(", ");
  return `- ${isTrue ? "" : "**False:** "}\`${files}\`: ${why} (${counts})`;
}

async function page(): Promise<string> {
  const numbers = (verdicts: readonly Verdict[]) =>
    [verdicts, verdicts.filter(({ isTrue }) => isTrue), verdicts.filter(({ isTrue }) => !isTrue)]
      .map(total)
      .join(" | ");
  const lines = [...rows].map(
    ([module, { objects, verdicts }]) =>
      `| ${module} ${judgedModules[module as keyof typeof judgedModules]} | ${objects} | ${numbers(verdicts)} |`,
  );
  const reasons = Object.keys(judgedModules).flatMap((module) => {
    const own = verdicts.filter((verdict) => verdict.module === module);
    return own.length === 0 ? [] : [`## ${module}`, own.map(reason).join("\n")];
  });
  const text = `# What mesh-check finds in public projects

\`make test-long ARGS=judged\` runs mesh-check on Go modules as they are published, in its default mode, and makes this page. A
person has judged every error by the source of Istio and the rules of Kubernetes. Most stand in what the projects' own tests
expect to be refused. A new error fails the test until somebody has judged it.

| module | objects | errors | true | false |
| --- | --- | --- | --- | --- |
${lines.join("\n")}
| all | | ${numbers(verdicts)} |

${reasons.join("\n\n")}
`;
  return format(text, { parser: "markdown", printWidth: 128 });
}
