import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSettings, settingsProblems } from "../../settings/parse.ts";
import { pathText } from "../../lib/schema/problems.ts";
import { inStackFile, pathsOf } from "./stackFile.ts";
import { changed, everything, leavesOf, mapsOf, type Path } from "./everything.ts";

const problemsOf = (settings: object) => settingsProblems(inStackFile(settings));

/** Maps whose keys are the user's own, or those of a chart, an add-on or a node. */
const FREE =
  /(annotations|podAnnotations|env|secretEnv|applications|services|versions|access|nodes|addons|podIdentity|labels|tags|values\.(base|istiod|cni)(\.global)?|providers|extensionProviders|includeAdditionalHeadersInCheck|namespaces|workloads|workloads\..+\.ports|deny|custom|jwt|claimsToHeaders|(prometheus|grafana|jaeger|kiali|login)\.values(\.\w+)?|\.(configuration|nodeConfig|settings)(\..+)?)$/i;
const sections = mapsOf(everything).filter((path) => !FREE.test(pathText(path)));
const leaves = leavesOf(everything).filter(
  (path) =>
    !/^istio\.values|^observability\.[\w.]+\.values|\.(configuration|nodeConfig|settings)\./.test(pathText(path)),
);

const at = (path: Path) =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], everything);

describe("whatever a stack file says", () => {
  it("knows every section", () => {
    expect(sections.length).toBeGreaterThan(20);
    expect(leaves.length).toBeGreaterThan(50);
  });

  it("a key that is not known is named by its path, in every section", () => {
    const names = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.stringMatching(/^[a-z]{1,12}$/),
      fc.constant("__proto__"),
      fc.constant("constructor"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...sections), names, fc.jsonValue(), (section, name, value) => {
        fc.pre(!Object.hasOwn(at(section) as object, name));
        // The gateway chart has more values than the example, and `__proto__` never gets as far as the chart.
        fc.pre(!pathText(section).includes("values.") || !/^(?!constructor)[a-z_]/i.test(name));
        expect(pathsOf(changed(everything, [...section, name], value))).toContain(pathText([...section, name]));
      }),
      { numRuns: 500 },
    );
  });

  it("several wrong values are all named at once", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...leaves), { minLength: 2, maxLength: 8, selector: pathText }),
        (wrong) => {
          // No setting is a list in a list.
          const settings = wrong.reduce((before, path) => changed(before, path, [[]]), everything);
          expect(pathsOf(settings)).toEqual(expect.arrayContaining(wrong.map((path) => pathText(path))));
        },
      ),
      { numRuns: 300 },
    );
  });

  it("no value is quoted, wherever it stands", () => {
    const secret = "5ecret-5ecret";
    fc.assert(
      fc.property(
        fc.subarray(leaves, { minLength: 1 }),
        fc.constantFrom(secret, `${secret}/`, `${secret}:latest`, ` ${secret}`),
        (places, value) => {
          const settings = places.reduce((before, path) => changed(before, path, value), everything);
          expect(JSON.stringify(problemsOf(settings))).not.toContain(secret);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("there is an answer: settings or problems", () => {
    const anything = fc.dictionary(fc.constantFrom(...Object.keys(everything), "other"), fc.jsonValue());
    fc.assert(
      fc.property(anything, (settings) => {
        const parsed = parseSettings(settings);
        expect("settings" in parsed || parsed.problems.length > 0).toBe(true);
        expect("settings" in parsed).toBe(problemsOf(settings).length === 0);
      }),
      { numRuns: 500 },
    );
  });

  it("there is an answer with anything in the place of any value", () => {
    const odd: unknown[] = [{ secure: "v1:abc" }, { toString: "" }, { length: 1 }];
    const places = [...mapsOf(everything).filter((path) => path.length > 0), ...leaves];
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue(), ...odd.map((value) => fc.constant(value))),
        (path, value) => {
          for (const { path: where, reason } of problemsOf(changed(everything, path, value))) {
            expect(where).toMatch(/^(mesh:.|aws:region$)/);
            expect(reason).toMatch(/^(must|is|has|needs|makes)/);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
