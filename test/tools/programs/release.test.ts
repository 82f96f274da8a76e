import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import * as releases from "../../../tools/programs/release";

describe("an official release", () => {
  let folder: string;
  let server: Server;
  let host: string;
  let asked: string[];
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
    server = createServer((request, response) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.end(files[request.url ?? ""]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.stubEnv("MESH_CACHE", join(folder, "cache"));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
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
    expect(existsSync(join(folder, "cache/releases/tool-1.2.3"))).toBe(false);
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
});
