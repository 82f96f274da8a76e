import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chartChange, chartLines, type ChartChange } from "../../../report/charts/charts.ts";
import { releasesToRender, renderedReleases } from "../../../tools/preview/charts.ts";
import type { Step } from "../../../tools/preview/events.ts";
import { hasHelm } from "../../charts.ts";
import { stepOf } from "./recordings.ts";

const TYPE = "kubernetes:helm.sh/v3:Release";

/** A chart with all that makes a comparison hard. */
const TEMPLATES = {
  "web.yaml": `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: {{ .Release.Namespace }}, labels: { helm.sh/chart: "web-{{ .Chart.Version }}" } }
spec:
  template:
    metadata: { annotations: { checksum/config: {{ .Values | toJson | sha256sum }} } }
    spec: { containers: [{ name: web, image: "web:{{ .Values.tag }}", env: [{ name: TOKEN, value: "{{ .Values.token }}" }] }] }
`,
  "password.yaml": `
apiVersion: v1
kind: Secret
metadata: { name: "web-{{ randAlphaNum 5 | lower }}" }
data: { password: {{ randAlphaNum 16 | b64enc }} }
`,
  "job.yaml": `
apiVersion: batch/v1
kind: Job
metadata: { name: migrate, annotations: { helm.sh/hook: pre-upgrade } }
spec: { template: { spec: { containers: [{ name: migrate, image: "migrate:{{ .Values.tag }}" }] } } }
`,
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "charts-"));
  mkdirSync(join(folder, "web/templates"), { recursive: true });
  writeFileSync(join(folder, "web/Chart.yaml"), "apiVersion: v2\nname: web\nversion: 1.1.0\n");
  writeFileSync(join(folder, "web/values.schema.json"), '{ "properties": { "tag": { "type": "string" } } }');
  for (const [name, text] of Object.entries(TEMPLATES)) writeFileSync(join(folder, "web/templates", name), text);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const release = (before: object, after: object, more: Partial<Step> = {}) => {
  const inputs = (own: object) => ({
    name: "web",
    namespace: "shop",
    chart: join(folder, "web"),
    version: "1.1.0",
    ...own,
  });
  return stepOf({ type: TYPE, name: "web", before: inputs(before), after: inputs(after), ...more });
};
const compared = async (step: Step, helm?: string): Promise<ChartChange | undefined> => {
  const [first] = await renderedReleases([step], helm === undefined ? undefined : () => Promise.resolve(helm));
  return first && chartChange(first);
};
const of = (values: object) => ({ values });

describe.skipIf(!hasHelm)("the charts of a preview (needs helm)", () => {
  it("are rendered on both sides, without what each rendering makes up", async () => {
    const found = await compared(release(of({ tag: "1", token: "hunter2" }), of({ tag: "2", token: "hunter3" })), "");
    expect(found && chartLines(found)).toEqual([
      "changed: Deployment shop/web: spec.template.spec.containers[web].env[TOKEN].value, spec.template.spec.containers[web].image: web:1 => web:2",
      "changed: Job migrate (hook): spec.template.spec.containers[migrate].image: migrate:1 => migrate:2",
    ]);
    expect(found?.charts).toEqual(["web 1.1.0", "web 1.1.0"]);
    expect(JSON.stringify(found)).not.toContain("hunter");
  });

  it("take secrets and what is told later for words", async () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", plaintext: '"hunter2"' };
    const step = release(of({ tag: "1", token: secret }), of({ tag: "1", token: secret }), { changed: ["values"] });
    const found = await compared(step, "");
    expect(found && chartLines(found)).toEqual([]);
    expect(found?.undecided).toEqual(["web: secret values change, which are not shown"]);
    const later = of({ tag: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" });
    expect((await compared(release(of({ tag: "1" }), later), ""))?.undecided).toEqual([
      "web: some values are known only after the deployment",
    ]);
  });

  it.each([
    [
      "a repository that does not answer",
      { chart: "web", repositoryOpts: { repo: "http://u:hunter2@127.0.0.1:9/charts" } },
      "the chart of web: version 1.1.0 could not be fetched from 127.0.0.1:9",
    ],
    [
      "a registry that does not answer",
      { chart: "oci://127.0.0.1:9/charts/web" },
      "the chart of web: version 1.1.0 could not be fetched from 127.0.0.1:9",
    ],
    ["a folder that went", { chart: "/not/there" }, "the chart of web: its folder is not there any more"],
    [
      "another version in the folder",
      { version: "1.0.0" },
      "the chart of web: version 1.0.0 is not in its folder any more",
    ],
    [
      "values in files",
      { valueYamlFiles: [{ path: "a.yaml" }] },
      "the chart of web: its values are in files, which are not read",
    ],
    ["a program behind helm", { postrender: "sed" }, "the chart of web: a program changes what helm renders"],
    ["values that the chart cannot take", of({ tag: { secret: "hunter2" }, token: { a: 1 } }), undefined],
  ])("are not decidable for %s", async (_, before, reason) => {
    const found = await compared(release(before, of({ tag: "2" })), "");
    if (reason === undefined) expect(found?.isCompared).toBe(true);
    else expect(found).toMatchObject({ isCompared: false, undecided: [reason] });
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});

describe("the releases of a preview that are rendered", () => {
  it("are those that are on both sides, with other inputs", () => {
    const values = of({ tag: "1" });
    const steps = [
      release(values, of({ tag: "2" }), { name: "changes" }),
      release(values, values, { name: "timeout alone" }),
      release(values, values, { name: "secret", changed: ["values"] }),
      release(values, of({ tag: "2" }), { name: "same", op: "same" }),
      stepOf({ type: TYPE, name: "new", after: values }),
      stepOf({ type: "kubernetes:core/v1:Service", name: "other", before: {}, after: values }),
    ];
    expect(releasesToRender(steps).map(({ name }) => name)).toEqual(["changes", "secret"]);
  });

  it("are none where helm cannot be had", async () => {
    const [first] = await renderedReleases([release(of({}), of({ tag: "2" }))], () => Promise.reject(new Error("no")));
    expect(first && chartChange(first).undecided).toEqual(["the chart of web: helm is not there to render it"]);
  });
});
