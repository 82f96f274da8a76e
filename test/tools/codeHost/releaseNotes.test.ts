import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { releaseOf, type Sources } from "../../../tools/codeHost/releaseNotes.ts";

const CHANGELOG = `# Changelog

## Unreleased

## 1.2.0 - 2026-11-30

### Added

- Something.

## [1.1.0] - 2026-10-01

- Something else.
`;
const right = (version = "1.2.0", more: Partial<Sources> = {}): Sources => ({
  tag: `v${version}`,
  manifest: JSON.stringify({ version }),
  lock: JSON.stringify({ version, packages: { "": { version } } }),
  changelog: CHANGELOG,
  ...more,
});

describe("a release", () => {
  it("has the section of the changelog as its notes", () => {
    expect(releaseOf(right())).toEqual({ tag: "v1.2.0", notes: "### Added\n\n- Something.\n", isPreview: false });
  });

  it("is a preview where its version is one", () => {
    const changelog = CHANGELOG.replace("## 1.2.0", "## [1.2.0-rc.1]");
    expect(releaseOf(right("1.2.0-rc.1", { changelog })).isPreview).toBe(true);
  });

  it.each<[string, Sources, string]>([
    ["no tag", right("1.2.0", { tag: "" }), "TAG must be a version"],
    ["a tag of another form", right("1.2.0", { tag: "1.2.0" }), "TAG must be a version"],
    ["a tag with more in it", right("1.2.0", { tag: "v1.2.0\n## x" }), "TAG must be a version"],
    ["another manifest", right("1.2.0", { manifest: '{"version":"1.1.0"}' }), "package.json has the version 1.1.0"],
    ["a manifest without one", right("1.2.0", { manifest: "{}" }), "package.json has the version of nothing"],
    ["another lock", right("1.2.0", { lock: '{"version":"1.2.0"}' }), "package-lock.json has the version of nothing"],
    ["no heading", right("1.3.0"), 'CHANGELOG.md has no heading "## 1.3.0 - <day>"'],
    ["an older version", right("1.1.0"), "CHANGELOG.md has 1.2.0 above 1.1.0"],
    ["no day", right("1.2.0", { changelog: CHANGELOG.replace(" - 2026-11-30", "") }), "says no day beside 1.2.0"],
    ["no entries", right("1.2.0", { changelog: "## 1.2.0 - 2026-11-30\n\n" }), "says nothing below 1.2.0"],
    [
      "entries under Unreleased",
      right("1.2.0", { changelog: CHANGELOG.replace("## Unreleased", "## Unreleased\n\n- More.") }),
      "has entries under Unreleased",
    ],
    [
      "too much",
      right("1.2.0", { changelog: CHANGELOG.replace("Something.", "x".repeat(130_000)) }),
      "more below 1.2.0 than a release takes",
    ],
  ])("is refused with %s", (_name, sources, reason) => {
    expect(() => releaseOf(sources)).toThrow(reason);
  });

  it("is not made of the checkout as it stands, for more than one reason", () => {
    const read = (file: string) => readFileSync(join(import.meta.dirname, "../../..", file), "utf8");
    const sources = {
      manifest: read("package.json"),
      lock: read("package-lock.json"),
      changelog: read("CHANGELOG.md"),
    };
    expect(() => releaseOf({ ...sources, tag: "v999.0.0" })).toThrow(
      /package\.json .*\n.*package-lock\.json .*\n.*heading/,
    );
  });
});
