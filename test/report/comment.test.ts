import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { comment } from "../../report/comment.ts";
import { MARK, markdown } from "../../report/markdown.ts";
import { stackReport } from "../../report/stackReport.ts";
import { eventsOf } from "./change.ts";

interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

const person = (id: number, body: string): Comment => ({ id, body, user: { type: "User" } });

describe("the comment on a pull request", () => {
  let server: Server;
  let comments: Comment[];
  const calls: string[] = [];
  const place = () => ({
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    repository: "acme/mesh",
    pullRequest: 7,
    token: "of-the-workflow",
  });

  beforeEach(async () => {
    comments = Array.from({ length: 130 }, (_, id) => person(id, "looks good"));
    calls.length = 0;
    server = createServer((request, answer) => {
      const url = new URL(request.url ?? "", "http://localhost");
      calls.push(`${request.method ?? ""} ${url.pathname}`);
      if (request.headers.authorization !== "Bearer of-the-workflow") return answer.writeHead(401).end("{}");
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      return request.on("end", () => {
        const [, id] = /^\/repos\/acme\/mesh\/issues\/comments\/(\d+)$/.exec(url.pathname) ?? [];
        const found = comments.find((one) => one.id === Number(id));
        if (request.method === "GET") {
          const [size, page] = ["per_page", "page"].map((name) => Number(url.searchParams.get(name)));
          answer.end(JSON.stringify(comments.slice(((page ?? 1) - 1) * (size ?? 0), (page ?? 1) * (size ?? 0))));
        } else if (request.method === "POST") {
          comments.push({
            id: 1000 + comments.length,
            body: (JSON.parse(body) as Comment).body,
            user: { type: "Bot" },
          });
          answer.writeHead(201).end("{}");
        } else if (found) {
          found.body = (JSON.parse(body) as Comment).body;
          answer.end("{}");
        } else answer.writeHead(404).end("{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => {
    server.close();
  });

  const text = (stack: string) => markdown([stackReport(stack, eventsOf([], []))]);

  it("is written once, and then anew, on whatever page it stands", async () => {
    expect(await comment(place(), MARK, text("one"))).toBe("created");
    expect(await comment(place(), MARK, text("two"))).toBe("updated");
    expect(comments.filter(({ body }) => body.startsWith(MARK)).map(({ body }) => body)).toEqual([text("two")]);
    expect(comments).toHaveLength(131);
    expect(calls.at(-1)).toBe(`PATCH /repos/acme/mesh/issues/comments/1130`);
  });

  it("leaves alone what a person wrote, with the mark or without", async () => {
    comments = [person(1, `${MARK} mine`), person(2, "no")];
    await comment(place(), MARK, text("one"));
    expect(comments.slice(0, 2).map(({ body }) => body)).toEqual([`${MARK} mine`, "no"]);
    expect(comments).toHaveLength(3);
  });

  it("says what the code host refuses, without the token", async () => {
    const refused = comment({ ...place(), token: "wrong" }, MARK, text("one"));
    await expect(refused).rejects.toThrow("the code host answers 401 to GET /repos/acme/mesh/issues/7/comments");
    await expect(refused).rejects.not.toThrow("wrong");
    expect(comments).toHaveLength(130);
  });
});
