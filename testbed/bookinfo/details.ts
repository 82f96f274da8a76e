import type * as http from "node:http";
import { EXTERNAL_HEADERS, pickHeaders } from "./headers.ts";
import { json, type Reply, type Request, type Route } from "./server.ts";
import { get, getSecurely } from "./upstream.ts";

export interface DetailsOptions {
  /** Ask the public book service instead of answering from memory. */
  readonly external: boolean;
  /** Speak plain HTTP to it, for a mesh that originates the TLS. */
  readonly plain: boolean;
  /** Host, with a port if it is not the protocol's own. */
  readonly externalHost: string;
}

/** The edition that the public book service is asked about. */
const ISBN = "0486424618";

const EXTERNAL_TIMEOUT = 5_000;

/** The book's facts. */
export function details(options: DetailsOptions): Route[] {
  return [
    { path: /^\/health$/, handle: () => json(200, { status: "Details is healthy" }) },
    { path: /^\/details(?:\/(?:.*\/)?([^/]*))?$/, handle: (request, id = "") => bookDetails(request, id, options) },
  ];
}

async function bookDetails({ headers }: Request, id: string, options: DetailsOptions): Promise<Reply> {
  if (!/^\d+$/.test(id)) return json(400, { error: "the product's id must be a number" });
  const book = { id: Number(id) };
  try {
    return json(200, { ...book, ...(options.external ? await externalBook(headers, options) : KNOWN_BOOK) });
  } catch {
    return json(400, { error: "the external book service gave no usable answer" });
  }
}

const KNOWN_BOOK = {
  author: "William Shakespeare",
  year: 1595,
  type: "paperback",
  pages: 200,
  publisher: "PublisherA",
  language: "English",
  "ISBN-10": "1234567890",
  "ISBN-13": "123-1234567890",
};

/** The part that is read of an answer of the book service. */
interface Volumes {
  readonly items: readonly {
    readonly volumeInfo: {
      readonly authors: readonly string[];
      readonly publishedDate: string;
      readonly printType: string;
      readonly pageCount: number;
      readonly publisher: string;
      readonly language: string;
      readonly industryIdentifiers: readonly { readonly type: string; readonly identifier: string }[];
    };
  }[];
}

async function externalBook(incoming: http.IncomingHttpHeaders, { plain, externalHost }: DetailsOptions) {
  const headers = pickHeaders(incoming, EXTERNAL_HEADERS);
  const address = `${externalHost}/books/v1/volumes?q=isbn:${ISBN}`;
  const answer = await (plain
    ? get(`http://${address}`, headers, EXTERNAL_TIMEOUT)
    : getSecurely(`https://${address}`, headers, EXTERNAL_TIMEOUT));
  const volume = (JSON.parse(answer.text) as Volumes).items[0]?.volumeInfo;
  if (volume === undefined) throw new Error("the book is not known there");
  const isbn = (kind: string) => volume.industryIdentifiers.find(({ type }) => type === kind)?.identifier;
  return {
    author: volume.authors[0],
    year: volume.publishedDate,
    type: volume.printType === "BOOK" ? "paperback" : "unknown",
    pages: volume.pageCount,
    publisher: volume.publisher,
    language: volume.language === "en" ? "English" : "unknown",
    "ISBN-10": isbn("ISBN_10"),
    "ISBN-13": isbn("ISBN_13"),
  };
}
