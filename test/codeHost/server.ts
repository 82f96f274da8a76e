// A code host's API as far as it is given: what it does not know, and what is not asked as its documentation has it, is noted.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Body = Readonly<Record<string, unknown>>;

export interface Call {
  /** What the groups of the path hold. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Body;
}

export interface Route {
  readonly method: string;
  /** The whole path. */
  readonly path: RegExp;
  /** What a body has to have, and what it may have; a call without a body has neither. */
  readonly needs?: readonly string[];
  readonly takes?: readonly string[];
  /** Undefined stands for what is not there. */
  answer(call: Call): object | undefined;
}

export interface Served {
  readonly url: string;
  /** Method and path of each call, in their order. */
  readonly calls: readonly string[];
  /** @throws Error that lists the calls which the code host would not have taken */
  close(): void;
}

/** @param headers what every call has to have */
export async function serve(headers: Readonly<Record<string, string>>, routes: readonly Route[]): Promise<Served> {
  const calls: string[] = [];
  const wrong: string[] = [];
  const server = createServer((request, answer) => {
    const { method = "", url = "" } = request;
    const { pathname, searchParams } = new URL(url, "http://localhost");
    const call = `${method} ${pathname}`;
    calls.push(call);
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const say = (status: number, content: object = {}) => answer.writeHead(status).end(JSON.stringify(content));
      // A wrong token is what a test may be about.
      if (request.headers.authorization !== headers.authorization) return say(401);
      const known = routes.filter((route) => route.method === method);
      const [route] = known.filter(({ path }) => path.test(pathname));
      const problems = route ? problemsOf(request.headers, headers, text, route) : ["is not known"];
      if (route === undefined || problems.length > 0) {
        wrong.push(...problems.map((problem) => `${call} ${problem}`));
        return say(422);
      }
      const body = text === "" ? {} : (JSON.parse(text) as Body);
      const parts = (route.path.exec(pathname) ?? []).slice(1).map(decodeURIComponent);
      const content = route.answer({ parts, query: searchParams, body });
      return say(content === undefined ? 404 : method === "POST" ? 201 : 200, content);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () => {
      server.close();
      server.closeAllConnections();
      if (wrong.length > 0) throw new Error(`the code host would not have taken:\n${wrong.join("\n")}`);
    },
  };
}

function problemsOf(
  sent: IncomingHttpHeaders,
  headers: Readonly<Record<string, string>>,
  text: string,
  { needs = [], takes = [] }: Route,
): string[] {
  const problems = Object.keys(headers).flatMap((name) =>
    sent[name] === headers[name] ? [] : [`has another ${name}`],
  );
  if (needs.length + takes.length === 0) return text === "" ? problems : [...problems, "has a body"];
  if (sent["content-type"] !== "application/json") problems.push("has no JSON");
  const keys = Object.keys(JSON.parse(text || "{}") as Body);
  problems.push(...needs.filter((key) => !keys.includes(key)).map((key) => `lacks ${key}`));
  problems.push(...keys.filter((key) => ![...needs, ...takes].includes(key)).map((key) => `has ${key}`));
  return problems;
}

/** A page of a list, of the size that is asked for. */
export function pageOf<T>(list: readonly T[], query: URLSearchParams): T[] {
  const [size = 20, page = 1] = ["per_page", "page"].map((name) => Number(query.get(name) ?? NaN) || undefined);
  if (size > 100) throw new Error("no page has more than 100 entries");
  return list.slice((page - 1) * size, page * size);
}
