import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as releases from "../../../tools/programs/release.ts";

describe("an official release", () => {
  let folder: string;
  let server: Server;
  let host: string;
  let asked: string[];
  /** How the server answers a path instead of handing over its file. */
  let instead: Record<string, (response: ServerResponse, archive: Buffer) => void>;
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const wanted = () => ({
    name: "tool",
    version: "1.2.3",
    archive: `${host}/tool.tar.gz`,
    checksums: `${host}/checksums.txt`,
    folder: "bin",
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "official-"));
    mkdirSync(join(folder, "files/bin"), { recursive: true });
    writeFileSync(join(folder, "files/bin/tool"), "the program");
    execFileSync("tar", ["-czf", join(folder, "tool.tar.gz"), "-C", join(folder, "files"), "bin"]);
    const archive = readFileSync(join(folder, "tool.tar.gz"));
    const files: Record<string, string | Buffer> = {
      "/tool.tar.gz": archive,
      "/checksums.txt": `${createHash("sha256").update(archive).digest("hex")}  tool.tar.gz\n0000  other.tar.gz\n`,
      "/wrong.txt": `${createHash("sha256").update("something else").digest("hex")}  tool.tar.gz\n`,
    };
    asked = [];
    instead = {};
    said.mockClear();
    server = createServer((request, response) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      const answer = request.method === "GET" ? instead[request.url ?? ""] : undefined;
      if (answer) answer(response, archive);
      else response.end(files[request.url ?? ""]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.stubEnv("MESH_CACHE", join(folder, "cache"));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  it("is unpacked when it has its published checksum, once", async () => {
    const programs = (await releases.release(wanted())) ?? "";
    expect(readFileSync(join(programs, "tool"), "utf8")).toBe("the program");
    const before = asked.length;
    expect(await releases.release(wanted())).toBe(programs);
    expect(asked.length).toBe(before);
  });

  it("is refused when it has another checksum, and nothing of it is kept", async () => {
    await expect(releases.release({ ...wanted(), checksums: `${host}/wrong.txt` })).rejects.toThrow("checksum");
    expect(readdirSync(join(folder, "cache/releases"))).toEqual([]);
  });

  it("is given up at once where its host was out of reach a short while ago, and tried again a day later", async () => {
    const nowhere = { ...wanted(), archive: "http://127.0.0.1:9/tool.tar.gz", checksums: "http://127.0.0.1:9/sums" };
    expect(await releases.release(nowhere)).toBeUndefined();
    const stamp = join(folder, "cache/unreachable/127.0.0.1-9");
    expect(existsSync(stamp)).toBe(true);

    const here = new URL(host).host.replace(":", "-");
    writeFileSync(join(folder, "cache/unreachable", here), "");
    expect(await releases.release(wanted())).toBeUndefined();
    expect(asked).toEqual([]);

    const yesterday = Date.now() / 1000 - 25 * 3600;
    utimesSync(join(folder, "cache/unreachable", here), yesterday, yesterday);
    expect(await releases.release(wanted())).toBeDefined();
    expect(existsSync(join(folder, "cache/unreachable", here))).toBe(false);
  });

  it("is refused where the list of checksums names another file that ends alike", async () => {
    instead["/checksums.txt"] = (response, archive) => {
      response.end(`${createHash("sha256").update(archive).digest("hex")}  other-tool.tar.gz\n`);
    };
    await expect(releases.release(wanted())).rejects.toThrow("checksum");
  });

  const halfOf = (archive: Buffer) => archive.subarray(0, archive.length / 2);
  it.each<[string, (response: ServerResponse, archive: Buffer) => void, RegExp]>([
    ["never answers", () => undefined, /tool\.tar\.gz sent no data for 0\.3 s: continuing without it/],
    [
      "stops in the middle",
      (response, archive) => {
        response.setHeader("content-length", archive.length).write(halfOf(archive));
      },
      /tool\.tar\.gz sent no data for 0\.3 s/,
    ],
    [
      "breaks off in the middle",
      (response, archive) => {
        response.setHeader("content-length", archive.length).write(halfOf(archive), () => response.destroy());
      },
      /tool\.tar\.gz is incomplete: the connection was interrupted/,
    ],
    ["has no such file", (response) => response.writeHead(404).end("no"), /tool\.tar\.gz answers 404/],
    ["is out of order", (response) => response.writeHead(503).end("no"), /tool\.tar\.gz answers 503/],
  ])("is done without where its host %s, and not asked for again on the same day", async (_what, answer, words) => {
    instead["/tool.tar.gz"] = answer;
    const begin = Date.now();
    expect(await releases.release(wanted(), 300)).toBeUndefined();
    expect(Date.now() - begin).toBeLessThan(5000);
    expect(said.mock.calls.join("")).toMatch(words);
    expect(readdirSync(join(folder, "cache/releases"))).toEqual([]);

    const before = asked.length;
    expect(await releases.release(wanted(), 300)).toBeUndefined();
    expect(asked.length).toBe(before);
  });

  it("is taken from a host that is slow, but never silent for long", async () => {
    instead["/tool.tar.gz"] = (response, archive) => {
      const parts = [0, 1, 2, 3, 4, 5].map((part) =>
        archive.subarray((part * archive.length) / 6, ((part + 1) * archive.length) / 6),
      );
      const next = () => {
        const part = parts.shift();
        if (part === undefined) response.end();
        else response.write(part, () => setTimeout(next, 200));
      };
      next();
    };
    expect(await releases.release(wanted(), 900)).toBeDefined();
  });
});
