// What a release is made of. Tag, manifest and changelog have to say the same.
import { mapOf, textOf } from "../../lib/untrusted.ts";

export interface Sources {
  readonly tag: string;
  /** Texts of the files. */
  readonly manifest: string;
  readonly lock: string;
  readonly changelog: string;
}

export interface Release {
  readonly tag: string;
  readonly notes: string;
  /** Whether the version is one before a release, such as `1.0.0-rc.1`. */
  readonly isPreview: boolean;
}

/** What GitHub takes at most, in characters. */
const LONGEST = 125_000;

/** @throws Error that lists everything that does not agree */
export function releaseOf({ tag, manifest, lock, changelog }: Sources): Release {
  const [, version, preview] = /^v(\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?)$/.exec(tag) ?? [];
  if (version === undefined) throw new Error("TAG must be a version such as v1.0.0 or v1.0.0-rc.1");
  const locked = mapOf(JSON.parse(lock));
  const own = mapOf(mapOf(locked.packages)[""]);
  const sections = sectionsIn(changelog);
  const index = sections.findIndex((section) => section.version === version);
  const { date = "", text = "" } = sections[index] ?? {};
  const unreleased = sections.find((section) => section.version === "Unreleased");
  const problems = [
    ...differs("package.json", mapOf(JSON.parse(manifest)).version, version),
    ...[locked.version, own.version].flatMap((each) => differs("package-lock.json", each, version)).slice(0, 1),
    ...(index === -1 ? [`CHANGELOG.md has no heading "## ${version} - <day>"`] : []),
    ...(index === -1 || /^\d{4}-\d\d-\d\d$/.test(date)
      ? []
      : [`CHANGELOG.md says no day beside ${version}, such as 2026-01-31`]),
    ...(index === -1 || text !== "" ? [] : [`CHANGELOG.md says nothing below ${version}`]),
    ...(text.length <= LONGEST
      ? []
      : [`CHANGELOG.md says more below ${version} than a release takes: ${LONGEST} characters`]),
    ...(unreleased === undefined || unreleased.text === ""
      ? []
      : [`CHANGELOG.md has entries under Unreleased: move them below ${version}, or below a later version`]),
    ...(index <= 0 || sections.slice(0, index).every((section) => section.version === "Unreleased")
      ? []
      : [`CHANGELOG.md has ${sections[index - 1]?.version ?? ""} above ${version}: the newest version stands first`]),
  ];
  if (problems.length > 0)
    throw new Error([`${tag} cannot be released:`, ...problems.map((line) => `  ${line}`)].join("\n"));
  return { tag, notes: `${text}\n`, isPreview: preview !== undefined };
}

const differs = (file: string, found: unknown, version: string): string[] =>
  found === version ? [] : [`${file} has the version ${textOf(found) ?? "of nothing"}, not ${version}`];

interface Section {
  readonly version: string;
  readonly date: string;
  readonly text: string;
}

/** The sections of a changelog, in their order. */
function sectionsIn(changelog: string): Section[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const [heading = "", ...lines] = part.split("\n");
    const [, version = "", date = ""] = /^\[?([^\]\s]+)\]?(?: - (\S+))?\s*$/.exec(heading) ?? [];
    return { version, date, text: lines.join("\n").trim() };
  });
}
