import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load } from "js-yaml";
import { yamlExamples } from "../yamlExamples.ts";

const checkout = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(checkout, file), "utf8");
const text = read("docs/pull-requests.md");
const workflows = readdirSync(join(checkout, ".github/workflows"));

interface Trust {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Action: string;
    readonly Condition: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  }[];
}

describe("docs/pull-requests.md", () => {
  it("names every workflow and every variable that they take", () => {
    for (const name of workflows) expect(text).toContain(`[\`${name}\`](../.github/workflows/${name})`);
    const used = [...workflows.map((name) => `.github/workflows/${name}`)].flatMap((file) =>
      [...read(file).matchAll(/\bvars\.(\w+)/g)].map(([, name = ""]) => name),
    );
    expect(new Set(used)).toEqual(
      new Set(["STACKS", "PULUMI_BACKEND_URL", "AWS_REGION", "AWS_PREVIEW_ROLE", "AWS_DEPLOY_ROLE"]),
    );
    for (const name of used) expect(text).toContain(`| \`${name}\` `);
  });

  it("lets no role be taken without the audience and a whole subject", () => {
    const policies = [...text.matchAll(/^```json\n(.*?)^```/gms)].map(([, json = ""]) => JSON.parse(json) as Trust);
    expect(policies).toHaveLength(2);
    const subjects = policies.flatMap(({ Statement }) =>
      Statement.flatMap(({ Effect, Action, Condition }) => {
        expect([Effect, Action, Object.keys(Condition)]).toEqual([
          "Allow",
          "sts:AssumeRoleWithWebIdentity",
          ["StringEquals"],
        ]);
        const host = "token.actions.githubusercontent.com";
        expect(Condition.StringEquals?.[`${host}:aud`]).toBe("sts.amazonaws.com");
        return Condition.StringEquals?.[`${host}:sub`] ?? [];
      }),
    );
    expect(subjects).toEqual([
      ...["repo:acme/mesh:pull_request", "repo:acme/mesh:ref:refs/heads/main"],
      "repo:acme/mesh:environment:prod",
    ]);
  });

  it("shows a Stack of the operator by fields that it has, for a stack that is there", () => {
    const [example = ""] = yamlExamples(text);
    const { apiVersion, kind, spec } = load(example) as {
      apiVersion: string;
      kind: string;
      spec: Record<string, unknown>;
    };
    expect([apiVersion, kind]).toEqual(["pulumi.com/v1", "Stack"]);
    // Of the definition of version 2.9.0.
    const fields = [
      ...[
        "backend",
        "branch",
        "envRefs",
        "prerequisites",
        "preview",
        "projectRepo",
        "refresh",
        "resyncFrequencySeconds",
      ],
      ...["serviceAccountName", "stack", "useLocalStackOnly", "workspaceTemplate"],
    ];
    expect(Object.keys(spec).filter((field) => !fields.includes(field))).toEqual([]);
    expect(readdirSync(checkout)).toContain(`Pulumi.${String(spec.stack)}.yaml`);
  });

  it("names commands that there are", () => {
    const targets = [...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, name]) => name);
    const named = [...text.matchAll(/(?:^|`)make (?:-s )?([a-z][\w-]*)/gm)].map(([, name]) => name);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((name) => !targets.includes(name))).toEqual([]);
  });
});
