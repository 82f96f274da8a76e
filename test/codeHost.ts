// As much of GitHub's API as a comment on a pull request takes: every call is written down, and none goes without the token.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Comment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}

export interface CodeHost {
  readonly url: string;
  readonly calls: readonly string[];
  readonly comments: readonly Comment[];
  close(): void;
}

/**
 * The issues of `acme/mesh`.
 * @param before - the comments that are there already
 */
export async function codeHost(token: string, before: readonly Comment[] = []): Promise<CodeHost> {
  const calls: string[] = [];
  const comments = [...before];
  const server = createServer((request, answer) => {
    const { method = "", url = "", headers } = request;
    const { pathname, searchParams } = new URL(url, "http://localhost");
    calls.push(`${method} ${pathname}`);
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      if (headers.authorization !== `Bearer ${token}`) return answer.writeHead(401).end("{}");
      if (method === "GET") {
        const [size = 0, page = 0] = ["per_page", "page"].map((name) => Number(searchParams.get(name)));
        return answer.end(JSON.stringify(comments.slice((page - 1) * size, page * size)));
      }
      const { body } = JSON.parse(text) as Comment;
      if (method === "POST") {
        comments.push({ id: comments.length + 1, body, user: { type: "Bot" } });
        return answer.writeHead(201).end("{}");
      }
      const [, id] = /^\/repos\/acme\/mesh\/issues\/comments\/(\d+)$/.exec(pathname) ?? [];
      const found = comments.find((one) => one.id === Number(id));
      if (found === undefined) return answer.writeHead(404).end("{}");
      found.body = body;
      return answer.end("{}");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    comments,
    close: () => {
      server.close();
    },
  };
}
