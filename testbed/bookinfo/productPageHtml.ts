import { Html, html } from "./html.ts";

/** What a service said, or why it said nothing. */
export type Outcome<T> = { readonly value: T } | { readonly error: string };

export interface Review {
  readonly reviewer: string;
  readonly text: string;
  readonly rating?: { readonly stars?: number; readonly color?: string; readonly error?: string };
}

export interface Reviews {
  readonly podname: string;
  readonly clustername: string;
  /** Absent where a route leads to something that is not reviews. */
  readonly reviews?: readonly Review[];
}

export type Details = Readonly<Record<string, string | number>>;

export interface Product {
  readonly id: number;
  readonly title: string;
  readonly descriptionHtml: string;
}

/** The page of one book. Its links are relative, so that it works under any host and path prefix. */
export function productPage(
  product: Product,
  user: string | undefined,
  details: Outcome<Details>,
  reviews: Outcome<Reviews>,
): string {
  return page(html`
    <header>
      <a class="home" href="productpage">Bookinfo</a>
      ${account(user)}
    </header>
    <main>
      <h1>${product.title}</h1>
      <p class="summary">${new Html(product.descriptionHtml)}</p>
      <section>${"value" in details ? detailsTable(details.value) : failure("product details", details.error)}</section>
      <section>${"value" in reviews ? reviewList(reviews.value) : failure("product reviews", reviews.error)}</section>
    </main>
  `);
}

/** The first page: which services there are, and the way to the book. */
export function indexPage(services: readonly { readonly name: string; readonly calls: readonly string[] }[]): string {
  return page(html`
    <header><a class="home" href="./">Bookinfo</a></header>
    <main>
      <h1>A bookshop of one book</h1>
      <p class="summary">Small services that call one another, to watch a service mesh at work:</p>
      <table>
        <thead>
          <tr>
            <th>Service</th>
            <th>Calls</th>
          </tr>
        </thead>
        <tbody>
          ${services.map(
            ({ name, calls }) =>
              html`<tr>
                <td>${name}</td>
                <td>${calls.join(", ") || "-"}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      <p>
        See the book as <a href="productpage?u=normal">any user</a> or as <a href="productpage?u=test">a tester</a>.
      </p>
    </main>
  `);
}

function page(content: Html): string {
  // Istio's guides look for exactly this title to see that the page is there.
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Simple Bookstore App</title>
        <link rel="stylesheet" href="static/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        ${content}
      </body>
    </html> `.text;
}

function account(user: string | undefined): Html {
  if (user !== undefined) {
    return html`<div class="account"><span class="user">${user}</span> <a href="logout">Sign out</a></div>`;
  }
  return html`<details class="account">
    <summary>Sign in</summary>
    <form method="post" action="login">
      <label>User name <input name="username" required maxlength="100" autocomplete="username" /></label>
      <label>Password <input name="passwd" type="password" autocomplete="current-password" /></label>
      <button type="submit">Sign in</button>
      <small>Any password will do.</small>
    </form>
  </details>`;
}

function detailsTable(details: Details): Html {
  const columns = { "ISBN-10": "ISBN-10", publisher: "Publisher", pages: "Pages", type: "Type", language: "Language" };
  return html`<h2>Book Details</h2>
    <dl class="details">
      ${Object.entries(columns).map(
        ([key, label]) =>
          html`<div>
            <dt>${label}</dt>
            <dd>${details[key] ?? "-"}</dd>
          </div>`,
      )}
    </dl>`;
}

function reviewList({ podname, clustername, reviews = [] }: Reviews): Html {
  return html`<h2>Book Reviews</h2>
    <div class="reviews">
      ${reviews.map(
        (review) =>
          html`<article>
            ${stars(review)}
            <blockquote>${review.text}</blockquote>
            <p class="reviewer">${review.reviewer}</p>
          </article>`,
      )}
    </div>
    <p class="served">
      Reviews served by: <code>${podname}</code>${
        clustername === "null" ? undefined : html` on cluster <code>${clustername}</code>`
      }
    </p>`;
}

function stars({ rating }: Review): Html | undefined {
  if (rating?.stars !== undefined) {
    const given = Math.min(5, Math.max(0, Math.round(rating.stars)));
    // The color is a class of the stylesheet: black or red.
    return html`<p class="stars ${rating.color}" role="img" aria-label="${given} of 5 stars">
      ${"★".repeat(given)}<span class="missing">${"☆".repeat(5 - given)}</span>
    </p>`;
  }
  return rating?.error === undefined ? undefined : html`<p class="error">${rating.error}</p>`;
}

function failure(what: string, error: string): Html {
  return html`<h2 class="error">Error fetching ${what}</h2>
    <p>${error}</p>`;
}
