import { FORWARDED_HEADERS, pickHeaders } from "./headers.ts";
import { countResult } from "./metrics.ts";
import { indexPage, productPage, type Details, type Outcome, type Product, type Reviews } from "./productPageHtml.ts";
import { json, type Reply, type Request, type Route } from "./server.ts";
import { isUser, signedIn, signedOut, userOf } from "./session.ts";
import { STYLESHEET } from "./stylesheet.ts";
import { get } from "./upstream.ts";

export interface ProductPageOptions {
  /** Base addresses of the services it calls. */
  readonly details: string;
  readonly reviews: string;
  readonly ratings: string;
  /** Further calls to reviews for each page, whose answers nobody reads: something for a rate limit to stop. */
  readonly floodFactor: number;
}

const TIMEOUT = 3_000;

const NOT_FROM_SESSION = FORWARDED_HEADERS.filter((name) => name !== "end-user");

const PRODUCT: Product = {
  id: 0,
  title: "The Comedy of Errors",
  descriptionHtml:
    '<a href="https://en.wikipedia.org/wiki/The_Comedy_of_Errors">The Comedy of Errors</a> is an early and short ' +
    "<b>Shakespeare</b>: two pairs of twins, parted as children, meet in one town, and nobody can tell who is who.",
};

type Headers = Readonly<Record<string, string>>;

/** The answer of a service, and the status that the API passes on for it. */
interface Result<T> {
  readonly status: number;
  readonly outcome: Outcome<T>;
}

/** The shop's front: its pages, and the same data as an API. */
export function productPageRoutes(options: ProductPageOptions): Route[] {
  const detailsOf = (id: string, headers: Headers) =>
    call<Details>("details", `${options.details}/details/${id}`, headers, 1);
  // The second attempt is the sample's own, and the point of its fault injection task: 3 s twice are less than the 7 s of
  // delay that reviews would have waited for.
  const reviewsOf = (id: string, headers: Headers) =>
    call<Reviews>("reviews", `${options.reviews}/reviews/${id}`, headers, 2);
  const ratingsOf = (id: string, headers: Headers) =>
    call<unknown>("ratings", `${options.ratings}/ratings/${id}`, headers, 1);

  const showBook = async (request: Request): Promise<Reply> => {
    const headers = forwarded(request);
    const user = userOf(request.headers.cookie);
    const id = String(PRODUCT.id);
    const details = await detailsOf(id, headers);
    await Promise.all(Array.from({ length: options.floodFactor }, () => reviewsOf(id, headers)));
    const reviews = await reviewsOf(id, headers);
    return { ...html(productPage(PRODUCT, user, details.outcome, reviews.outcome)), user };
  };

  const api = (read: (id: string, headers: Headers) => Promise<Result<unknown>>) => {
    return async (request: Request, id = ""): Promise<Reply> => {
      const { status, outcome } = await read(id, forwarded(request));
      return json(status, "value" in outcome ? outcome.value : outcome);
    };
  };

  return [
    { method: "GET", path: /^\/(?:index\.html)?$/, handle: () => html(indexPage(SERVICES)) },
    { method: "GET", path: /^\/productpage$/, handle: showBook },
    { method: "POST", path: /^\/login$/, handle: signIn },
    { method: "GET", path: /^\/logout$/, handle: (request) => backToPage(request, signedOut()) },
    { method: "GET", path: /^\/health$/, handle: () => ({ status: 200, body: "Product page is healthy" }) },
    {
      method: "GET",
      path: /^\/static\/style\.css$/,
      handle: () => ({ status: 200, headers: { "content-type": "text/css; charset=utf-8" }, body: STYLESHEET }),
    },
    { method: "GET", path: /^\/api\/v1\/products$/, handle: () => json(200, [PRODUCT]) },
    { method: "GET", path: /^\/api\/v1\/products\/([^/]+)$/, handle: api(detailsOf) },
    { method: "GET", path: /^\/api\/v1\/products\/([^/]+)\/reviews$/, handle: api(reviewsOf) },
    { method: "GET", path: /^\/api\/v1\/products\/([^/]+)\/ratings$/, handle: api(ratingsOf) },
  ];
}

const SERVICES = [
  { name: "productpage", calls: ["details", "reviews"] },
  { name: "details", calls: [] },
  { name: "reviews", calls: ["ratings"] },
  { name: "ratings", calls: [] },
];

function html(body: string): Reply {
  return { status: 200, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

/** Headers for the calls behind a request. Who the user is, only the session says: an `end-user` from outside is not believed. */
function forwarded({ headers }: Request): Headers {
  const picked = pickHeaders(headers, NOT_FROM_SESSION);
  const user = userOf(headers.cookie);
  // Node writes headers as Latin-1: this makes it write the name as UTF-8.
  return user === undefined ? picked : { ...picked, "end-user": Buffer.from(user, "utf8").toString("latin1") };
}

async function call<T>(service: string, url: string, headers: Headers, attempts: number): Promise<Result<T>> {
  let status = 500;
  for (let attempt = 0; attempt < attempts; attempt++) {
    try {
      const answer = await get(url, headers, TIMEOUT);
      status = answer.status;
      if (status === 200) {
        const value = JSON.parse(answer.text) as T;
        countResult(service, status);
        return { status, outcome: { value } };
      }
    } catch {
      status = 500;
    }
  }
  countResult(service, status);
  return { status, outcome: { error: `The product ${service} are currently unavailable.` } };
}

async function signIn(request: Request): Promise<Reply> {
  const form = new URLSearchParams(await request.body());
  const user = request.query.get("username") ?? form.get("username") ?? "";
  if (!isUser(user)) return json(400, { error: "the user name must have 1 to 100 printable characters" });
  return { ...backToPage(request, signedIn(user)), user };
}

/** Back to where the form was; only within this site, whatever the Referer says. */
function backToPage({ headers }: Request, cookie: string): Reply {
  const referer = URL.canParse(headers.referer ?? "") ? new URL(headers.referer ?? "") : undefined;
  const location = referer ? `/${(referer.pathname + referer.search).replace(/^[/\\]+/, "")}` : "/productpage";
  return { status: 302, headers: { location, "set-cookie": cookie }, body: "" };
}
