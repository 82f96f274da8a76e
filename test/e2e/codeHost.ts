// As much of GitHub's API as a comment on a pull request takes: every call is written down, and none goes without the token.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface CodeHost {
  readonly url: string;
  readonly calls: readonly string[];
  readonly comments: readonly { readonly id: number; body: string; readonly user: { readonly type: string } }[];
  close(): void;
}

export async function codeHost(token = "of-the-run"): Promise<CodeHost> {
  const calls: string[] = [];
  const comments: { id: number; body: string; user: { type: string } }[] = [];
  const server = createServer((request, answer) => {
    const { method = "", url = "", headers } = request;
    const { pathname } = new URL(url, "http://localhost");
    calls.push(`${method} ${pathname}`);
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      if (headers.authorization !== `Bearer ${token}`) return answer.writeHead(401).end("{}");
      if (method === "GET") return answer.end(JSON.stringify(comments));
      const { body } = JSON.parse(text) as { body: string };
      const [, id] = /\/comments\/(\d+)$/.exec(pathname) ?? [];
      const found = comments.find((one) => one.id === Number(id));
      if (found) found.body = body;
      else comments.push({ id: comments.length + 1, body, user: { type: "Bot" } });
      return answer.writeHead(found ? 200 : 201).end("{}");
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
