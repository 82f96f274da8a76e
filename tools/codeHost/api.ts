// Calls of a code host's API.

/** An API that speaks JSON. */
export interface Api {
  /** Such as `https://api.github.com/repos/acme/mesh`. */
  readonly url: string;
  /** What says who asks. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The code host has answered, and it was no. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, call: string) {
    super(`the code host answers ${status} to ${call}`);
    this.status = status;
  }
}

/** A code host that does not answer for so long, in milliseconds, is not waited for. */
const PATIENCE = 30_000;

/** The largest page of both code hosts. */
const PAGE = 100;

/** @throws Refused, which does not quote the answer: it may repeat what was sent */
export async function ask(api: Api, method: string, path: string, body?: object): Promise<unknown> {
  const url = new URL(`${api.url}${path}`);
  const call = `${method} ${url.pathname}`;
  const answer = await fetch(url, {
    method,
    headers: { accept: "application/json", ...api.headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
    // Another place must not get the token.
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((error: unknown) => {
    throw new Error(`the code host does not answer ${call}`, { cause: error });
  });
  if (!answer.ok) throw new Refused(answer.status, call);
  return answer.json();
}

/** The same, but undefined for what is not there. */
export async function look(api: Api, path: string): Promise<unknown> {
  return ask(api, "GET", path).catch((error: unknown) => {
    if (error instanceof Refused && error.status === 404) return undefined;
    throw error;
  });
}

/** The first of a list, on whatever page. */
export async function firstOf<T>(api: Api, path: string, isIt: (one: T) => boolean): Promise<T | undefined> {
  for (let page = 1; ; page += 1) {
    const separator = path.includes("?") ? "&" : "?";
    const found = (await ask(api, "GET", `${path}${separator}per_page=${PAGE}&page=${page}`)) as readonly T[];
    const first = found.find(isIt);
    if (first !== undefined || found.length < PAGE) return first;
  }
}
