// docs/settings.md: every key of a stack file, for those who write one.
import { markdownTable } from "../../../lib/markdownTable.ts";
import { defaultOf, settingsTree, type Setting } from "./tree.ts";

const INTRODUCTION = `# Settings

<!-- Made by \`make generate\` from the schemas and the comments of the types; a test holds it to them. -->

Every key that a stack file can have below \`config:\`. \`<name>\` stands for a name that you choose, \`[]\` for an item of a list.
An editor that reads the first line of a stack file (\`# yaml-language-server: …\`), such as VS Code with the YAML extension,
completes and checks these keys as you type.

A key marked with \\* is required. Any string can be encrypted, as \`pulumi config set --secret --path\` does it; passwords have to be.
`;

/** Every key of a stack file, as Markdown. */
export function settingsDocument(): string {
  const tree = settingsTree();
  const maps = [...tree.keys.values()].flatMap((section) => [...mapsIn(section, undefined)]);
  const sections = new Map<string, Section>();
  // The same map may stand in several places; the one with the shortest path has the section.
  for (const each of maps.toSorted((one, other) => one.setting.path.length - other.setting.path.length)) {
    const text = keysText(each.setting);
    if (!sections.has(text)) sections.set(text, each);
  }
  const written = new Set(sections.values());
  const top = table([...tree.keys.values()], new Set(), sections);
  const others = maps.filter((each) => written.has(each)).map((each) => sectionText(each, sections));
  return [INTRODUCTION, top, ...others].join("\n");
}

/** A map of known keys. */
interface Section {
  readonly setting: Setting;
  /** Where it is described, or what it is a part of. */
  readonly source: string | undefined;
}

function* mapsIn(setting: Setting, outer: string | undefined): Iterable<Section> {
  const source = setting.docs.source ?? outer;
  if (setting.keys.size > 0) yield { setting, source };
  for (const inner of [...insideOf(setting), ...setting.keys.values()]) yield* mapsIn(inner, source);
}

/** What a setting holds that has no key of its own: items, values, and what it can be instead. */
const insideOf = ({ items, values, alternatives }: Setting): readonly Setting[] =>
  [items, values, ...alternatives].filter((each) => each !== undefined);

function sectionText({ setting, source }: Section, sections: ReadonlyMap<string, Section>): string {
  const { path, docs, keys, json } = setting;
  const parts = [
    `${path.length === 1 ? "##" : "###"} \`${nameOf(path)}\``,
    docs.text,
    source === undefined ? undefined : `[Source](${source})`,
    table([...keys.values()], new Set(json.required), sections),
  ];
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** `mesh:traffic.<name>.routes[].to` */
const nameOf = ([section = "", ...path]: readonly string[]): string =>
  `mesh:${section}${path.map((key) => (key === "[]" ? key : `.${key === "*" ? "<name>" : key}`)).join("")}`;

/** As GitHub makes it of a heading. */
const anchorOf = (name: string): string => name.toLowerCase().replace(/[^\w-]/g, "");

/** What a map holds, whatever its place. */
function keysText({ keys, json }: Setting): string {
  return JSON.stringify([json.required, [...keys].map(([key, { docs, json: each }]) => [key, docs, each])]);
}

function table(
  settings: readonly Setting[],
  required: ReadonlySet<string>,
  sections: ReadonlyMap<string, Section>,
): string {
  const rows = settings.map((setting) => {
    const key = setting.path.at(-1) ?? "";
    const map = mapOf(setting);
    const section = map && sections.get(keysText(map));
    const type = section ? `[${kindOf(setting)}](#${anchorOf(nameOf(section.setting.path))})` : cell(setting.type);
    const { text = "", source } = setting.docs;
    const link = source === undefined ? "" : ` [Source](${source})`;
    const name = `\`${setting.path.length === 1 ? "mesh:" : ""}${key}\`${required.has(key) ? " \\*" : ""}`;
    return [name, `${cell(text)}${link}`, type, cell(defaultOf(setting).words ?? "")];
  });
  return `${markdownTable(["Key", "Meaning", "Type", "Default"], rows)}\n`;
}

/** A text in a cell, in which only backticks mean anything. */
const cell = (text: string): string =>
  text
    .split(/(`[^`]*`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[*_<]/g, "\\$&")))
    .join("")
    .replaceAll("|", "\\|");

/** The map that a setting is, or that its items or values are. */
function mapOf(setting: Setting): Setting | undefined {
  return setting.keys.size > 0
    ? setting
    : insideOf(setting)
        .map(mapOf)
        .find((map) => map !== undefined);
}

/** What a setting with a section of its own is, in few words. */
function kindOf({ keys, items, values, type }: Setting): string {
  if (keys.size > 0) return "map";
  if (items) return "list of maps";
  return values ? "map by name" : type;
}
