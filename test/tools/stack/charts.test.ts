import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { dump } from "js-yaml";
import { otherArchives } from "../../../tools/stack/charts.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
let close: () => void = () => undefined;
afterEach(() => {
  close();
});

/** A repository on the loopback that serves these files. */
async function serving(files: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer(({ url = "" }, response) => {
    const content = files[url.slice("/charts/".length)];
    response.writeHead(content === undefined ? 404 : 200).end(content);
  });
  close = () => server.close();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as { port: number }).port}/charts`;
}

const entry = (digest: string, url = "istiod-1.2.3.tgz") => ({ version: "1.2.3", digest, urls: [url] });
const index = (...istiod: object[]) => dump({ apiVersion: "v1", entries: { istiod } });

it("an archive that is not the one of the index is named, with both checksums", async () => {
  const url = await serving({ "index.yaml": index(entry(sha256("good"))), "istiod-1.2.3.tgz": "bad" });
  const [line, ...more] = await otherArchives(url, "1.2.3");
  expect(more).toEqual([]);
  expect(line).toBe(
    `the archive of the chart istiod 1.2.3 at ${url}/istiod-1.2.3.tgz has the checksum ${sha256("bad")}, and the index of its repository says ${sha256("good")}`,
  );
});

it.each([
  ["the one of the index", { "index.yaml": index(entry(sha256("good"))), "istiod-1.2.3.tgz": "good" }],
  [
    "the one of the index, as others write it",
    { "index.yaml": index(entry(`sha256:${sha256("good")}`)), "istiod-1.2.3.tgz": "good" },
  ],
  ["not there", { "index.yaml": index(entry(sha256("good"))) }],
  [
    "of another version",
    { "index.yaml": index({ ...entry(sha256("good")), version: "9.9.9" }), "istiod-1.2.3.tgz": "bad" },
  ],
  ["in an index without checksums", { "index.yaml": dump({ entries: { istiod: [{ version: "1.2.3" }] } }) }],
  ["in an index that is none", { "index.yaml": "<html>: {" }],
  ["in no index", {}],
])("an archive that is %s is left to helm", async (_, files) => {
  expect(await otherArchives(await serving(files), "1.2.3")).toEqual([]);
});

it("a repository that is gone is left to helm", async () => {
  const url = await serving({});
  close();
  expect(await otherArchives(url, "1.2.3")).toEqual([]);
});
