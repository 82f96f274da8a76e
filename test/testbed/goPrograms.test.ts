// Go is played by a script that writes down what it was called with: nothing is built.
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { goPrograms, istioModule } from "../../testbed/goPrograms.ts";
import { imageEntries } from "../../testbed/images.ts";
import { programPaths } from "../../testbed/parts.ts";

const GO = `#!/bin/sh
case "$1 $2" in
"env -changed") [ -z "\${GOCACHE:-}" ] || echo "GOCACHE='$GOCACHE'" ;;
"mod download") echo "{\\"Dir\\": \\"$FOLDER/module\\"}" ;;
build*)
  echo "$GOCACHE" >"$FOLDER/compiled"
  while [ "$1" != -o ]; do shift; done
  mkdir -p "$2" && echo program >"$2/pause" ;;
esac
`;

describe("programs from Go modules", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), "go-programs-"));
    fs.mkdirSync(join(folder, "bin"));
    fs.writeFileSync(join(folder, "bin/go"), GO, { mode: 0o755 });
    vi.stubEnv("FOLDER", folder);
    vi.stubEnv("PATH", [join(folder, "bin"), process.env.PATH].join(delimiter));
    vi.stubEnv("MESH_CACHE", join(folder, "cache"));
    vi.stubEnv("GOCACHE", "");
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ["with the rest", "", "cache/go-build"],
    ["where the user wants it", "chosen", "chosen"],
  ])("keep what is compiled %s", async (_where, chosen, expected) => {
    vi.stubEnv("GOCACHE", chosen && join(folder, chosen));
    expect(fs.readdirSync(await goPrograms("pause"))).toEqual(["pause"]);
    expect(fs.readFileSync(join(folder, "compiled"), "utf8")).toBe(`${join(folder, expected)}\n`);
  });

  it("need no Go once they are there, and neither do Istio's charts", async () => {
    const definitions = "tests/integration/pilot/testdata/gateway-api-crd.yaml";
    for (const file of ["manifests/charts/base/Chart.yaml", "samples/README.md", definitions]) {
      fs.mkdirSync(join(folder, "module", file, ".."), { recursive: true });
      fs.writeFileSync(join(folder, "module", file), file, { mode: 0o444 });
    }
    fs.mkdirSync(join(folder, "module/tools/packaging/common"), { recursive: true });
    fs.writeFileSync(join(folder, "module/tools/packaging/common/envoy_bootstrap.json"), "{}");
    const [pause, istio] = [await goPrograms("pause"), await istioModule()];

    fs.rmSync(join(folder, "bin/go"));
    fs.rmSync(join(folder, "module"), { recursive: true });
    expect([await goPrograms("pause"), await istioModule()]).toEqual([pause, istio]);
    expect(fs.readFileSync(join(istio, "manifests/charts/base/Chart.yaml"), "utf8")).toMatch("base");
    expect(fs.readdirSync(istio).sort()).toEqual(["manifests", "samples", "tests", "tools"]);
  });

  it("give the same images wherever the cache is", () => {
    const here = imageEntries(programPaths());
    vi.stubEnv("MESH_CACHE", join(folder, "elsewhere"));
    expect(imageEntries(programPaths())).toEqual(here);
    expect(new Set(here).size).toBe(10);
  });
});
