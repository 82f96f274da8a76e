// As much of a browser as a login takes: it follows redirects and keeps cookies, each for the hosts and the scheme that it is for.
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";

/** An answer, and where it came from. */
export interface Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly isHostOnly: boolean;
  readonly isSecure: boolean;
}

export class Browser {
  private cookies: Cookie[] = [];
  private readonly portOf: (url: URL) => number;

  /** @param portOf the port of this machine at which the host of an address is reached */
  constructor(portOf: (url: URL) => number) {
    this.portOf = portOf;
  }

  /** One request; a redirect is an answer like others. */
  async get(address: string | URL, headers: Readonly<Record<string, string>> = {}): Promise<Page> {
    const url = new URL(address);
    const cookie = this.cookiesFor(url);
    const page = await this.#send(url, { accept: "text/html", ...(cookie && { cookie }), ...headers });
    for (const text of page.headers["set-cookie"] ?? []) this.#keep(url, text);
    return page;
  }

  /** The page to which an address leads in the end. */
  async open(address: string | URL): Promise<Page> {
    let page = await this.get(address);
    for (let count = 0; page.headers.location !== undefined && count < 12; count++) page = await this.follow(page);
    return page;
  }

  /** Where a redirect leads to. */
  follow({ url, headers: { location = "" } }: Page): Promise<Page> {
    return this.get(new URL(location, url));
  }

  /** The header by which the cookies go to an address. */
  cookiesFor({ protocol, hostname }: URL): string {
    return this.cookies
      .filter(({ isSecure }) => !isSecure || protocol === "https:")
      .filter(({ domain, isHostOnly }) => domain === hostname || (!isHostOnly && hostname.endsWith(`.${domain}`)))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  #keep({ hostname }: URL, text: string): void {
    const [pair = "", ...attributes] = text.split(/;\s*/);
    const name = pair.slice(0, pair.indexOf("="));
    const value = pair.slice(name.length + 1);
    const said = new URLSearchParams(attributes.join("&").toLowerCase());
    const domain = said.get("domain")?.replace(/^\./, "");
    if (domain !== undefined && !`.${hostname}`.endsWith(`.${domain}`)) return;
    const isSecure = said.has("secure");
    if (name.startsWith("__Secure-") && !isSecure) return;
    const isOver = said.get("max-age") === "0" || Date.parse(said.get("expires") ?? "") < Date.now();
    const cookie = { name, value, domain: domain ?? hostname, isHostOnly: domain === undefined, isSecure };
    const others = this.cookies.filter((each) => each.name !== name || each.domain !== cookie.domain);
    this.cookies = isOver ? others : [...others, cookie];
  }

  #send(url: URL, headers: Readonly<Record<string, string>>): Promise<Page> {
    const { promise, resolve, reject } = Promise.withResolvers<Page>();
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const { hostname } = url;
    const request = send(
      {
        ...{ host: "127.0.0.1", port: this.portOf(url), path: `${url.pathname}${url.search}`, agent: false },
        headers: { host: hostname, ...headers },
        ...{ servername: hostname, rejectUnauthorized: false },
      },
      (response) => {
        let body = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (body += chunk));
        response.on("end", () => {
          resolve({ url, status: response.statusCode ?? 0, headers: response.headers, body });
        });
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.setTimeout(20_000, () => request.destroy(new Error(`no answer from ${hostname} in 20 s`)));
    request.end();
    return promise;
  }
}
