// What npm packages may come with: their licenses, and no scripts that run when they are installed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const checkout = join(import.meta.dirname, "..");

interface Package {
  readonly license?: string;
  readonly dev?: true;
  readonly hasInstallScript?: true;
}

const { packages } = JSON.parse(readFileSync(join(checkout, "package-lock.json"), "utf8")) as {
  readonly packages: Readonly<Record<string, Package>>;
};
const installed = Object.entries(packages).flatMap(([path, { license = "none", ...rest }]) =>
  path === "" ? [] : [{ name: path.replace(/^.*node_modules\//, ""), license, ...rest }],
);

/** Licenses that ask for no more than to name the author. */
const ALLOWED = [
  ...["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "PSF-2.0"],
  ...["Python-2.0", "Unlicense", "WTFPL", "(BSD-3-Clause AND Apache-2.0)"],
];

/** Packages with another license, and why they may be here. */
const JUDGED: Readonly<Record<string, readonly [license: string, why: string]>> = {
  "@cspell/dict-en-common-misspellings": ["CC BY-SA 4.0", "a list of words that the spelling check reads"],
  "@logdna/tail-file": ["SEE LICENSE IN LICENSE", "MIT, by the text in its file"],
  "spdx-exceptions": ["CC-BY-3.0", "a list of names, whose author its own files name"],
};
/** A compiler of style sheets that vitest brings, for each system: the MPL asks for its own changed files alone. */
const isLightningcss = (name: string) => /^lightningcss(-|$)/.test(name);

describe("npm packages", () => {
  it("have licenses that are allowed, or judged one by one", () => {
    expect(installed.length).toBeGreaterThan(500);
    const others = installed.filter(({ name, license }) => !ALLOWED.includes(license) && !isLightningcss(name));
    expect(others.filter(({ name, license }) => JUDGED[name]?.[0] !== license)).toEqual([]);
    expect(Object.keys(JUDGED).filter((name) => !others.some((other) => other.name === name))).toEqual([]);
    const css = installed.filter(({ name }) => isLightningcss(name));
    expect(css.filter(({ license, dev }) => license !== "MPL-2.0" || dev !== true)).toEqual([]);
  });

  it("have the license in their file that was read there", () => {
    const text = readFileSync(join(checkout, "node_modules/@logdna/tail-file/LICENSE"), "utf8");
    expect(text).toMatch(/MIT License|Permission is hereby granted, free of charge/);
  });

  it("need no script when they are installed, and none is run", () => {
    expect(readFileSync(join(checkout, ".npmrc"), "utf8")).toMatch(/^ignore-scripts=true$/m);
    const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    // The first would download a plugin, the second look for a program that its own package brings, the third warn of ranges.
    expect(scripted.sort()).toEqual(["@pulumi/kubernetes", "esbuild", "protobufjs"]);
  });

  it("are checked when they are fetched", () => {
    const unchecked = Object.entries(packages).filter(
      ([path, entry]) => path !== "" && !("integrity" in entry) && !("link" in entry) && !("inBundle" in entry),
    );
    expect(unchecked.map(([path]) => path)).toEqual([]);
  });
});
