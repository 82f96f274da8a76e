// A machine without a way out, and without Go, that has the packages of npm and a cache that was handed on: it does all that one
// with a network does. Costs two minutes, and four gigabytes of the disk meanwhile.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomeOf, type Outcome } from "../../lib/run.ts";
import { Clone } from "../e2e/clone.ts";

/** Each asked for once, and not again. */
const UNREACHABLE = /cannot be reached from here/g;

/** Runs the commands one after the other where there is nothing but the loopback, and takes down whatever they have put up. */
const WITHOUT_NETWORK = ["--net", "sh", "-c", 'ip link set lo up && trap "make down" EXIT && eval "$0"'];

describe("without a network", () => {
  const folder = mkdtempSync(join(tmpdir(), "offline-"));
  const cache = join(folder, "cache");
  const archive = join(folder, "mesh-cache.tar");
  let clone: Clone;
  let ran: Outcome;
  let seconds: number;

  beforeAll(async () => {
    clone = await Clone.of();
    await clone.makeWell("cache-export", `FILE=${archive}`);
    const begin = Date.now();
    ran = await outcomeOf("unshare", [...WITHOUT_NETWORK, "make up && make verify && make -s url"], {
      cwd: clone.folder,
      env: {
        ...{ PATH: withoutGo(folder), HOME: folder, MESH_CACHE: cache, MESH_CACHE_FROM: archive },
        ...{ MAKEFLAGS: "", ARGS: "", STACK: "local", CONTEXT: "", ISTIO_CHARTS: "", ISTIO_SAMPLES: "" },
      },
    });
    seconds = (Date.now() - begin) / 1000;
  }, 900_000);
  afterAll(() => {
    clone.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("puts the stack up, verifies it and takes it down", () => {
    expect(ran.stderr).toContain("the testbed is deleted");
    expect(ran.stdout).toContain("Bookinfo is available at");
    expect(ran.stdout).toMatch(/^http:\/\/bookinfo\.localhost:\d+\/productpage$/m);
    expect(ran.exitCode).toBe(0);
  });

  it("takes from the archive all that it would have built or fetched", () => {
    expect(ran.stderr).toMatch(/^\d+ entries of the cache come from /m);
    expect(ran.stderr).not.toMatch(/^(building|fetching|packing|unpacking|installing) /m);
    expect(readdirSync(cache)).not.toContain("go-build");
  });

  it("waits for no host that cannot be reached", () => {
    expect(ran.stderr.match(UNREACHABLE)?.length ?? 0).toBeLessThanOrEqual(2);
    expect(seconds).toBeLessThan(480);
  });
});

/** Go, and what the cache brings instead of it. */
const BUILT = /^(go|helm|pulumi.*|kubectl|istioctl)$/;

/** What is on PATH, but for these, as a folder of links. */
function withoutGo(folder: string): string {
  const programs = join(folder, "bin");
  mkdirSync(programs);
  for (const place of (process.env.PATH ?? "").split(delimiter)) {
    const names = attempted(() => readdirSync(place));
    for (const name of names.filter((each) => !BUILT.test(each))) {
      attempted(() => {
        symlinkSync(join(place, name), join(programs, name));
        return [];
      });
    }
  }
  return programs;
}

/** A folder of PATH may be missing, and the first program of a name is the one that counts. */
function attempted(list: () => string[]): string[] {
  try {
    return list();
  } catch {
    return [];
  }
}
