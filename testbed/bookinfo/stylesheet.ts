/** The page's look. Text in the bundle, not a file beside it, so that one file is the whole application. */
export const STYLESHEET = `
:root { color-scheme: light; --ink: #1d2433; --soft: #5b6475; --line: #dfe3ea; --accent: #2f5fb3; --paper: #ffffff; }
* { box-sizing: border-box; }
body { margin: 0; background: #f5f6f9; color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header { display: flex; align-items: center; justify-content: space-between; padding: 0.75rem 1.5rem; background: var(--ink); color: #fff; }
header a, summary { color: #fff; text-decoration: none; }
.home { font-weight: 600; font-size: 1.1rem; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
main a { color: var(--accent); }
h1 { margin: 0; font-size: clamp(1.8rem, 5vw, 2.8rem); line-height: 1.15; }
h2 { margin: 0 0 1rem; font-size: 1.3rem; }
section { margin-top: 1.5rem; padding: 1.5rem; background: var(--paper); border: 1px solid var(--line); border-radius: 10px; }
.summary { max-width: 46rem; color: var(--soft); font-size: 1.1rem; }
.account { position: relative; }
.account a { margin-left: 0.75rem; opacity: 0.75; font-size: 0.9rem; }
.user { font-weight: 600; }
summary { cursor: pointer; list-style: none; padding: 0.4rem 1rem; background: var(--accent); border-radius: 6px; }
summary::-webkit-details-marker { display: none; }
form { position: absolute; right: 0; z-index: 1; display: grid; gap: 0.75rem; width: min(18rem, 85vw); margin-top: 0.5rem; padding: 1.25rem;
  background: var(--paper); color: var(--ink); border: 1px solid var(--line); border-radius: 10px; box-shadow: 0 8px 24px rgb(0 0 0 / 15%); }
form small { color: var(--soft); }
input { display: block; width: 100%; margin-top: 0.2rem; padding: 0.45rem 0.6rem; border: 1px solid #b8bfcc; border-radius: 6px; font: inherit; }
button { padding: 0.5rem; border: 0; border-radius: 6px; background: var(--accent); color: #fff; font: inherit; cursor: pointer; }
table { width: 100%; border-collapse: collapse; background: var(--paper); }
th, td { padding: 0.6rem 0.9rem; border: 1px solid var(--line); text-align: left; }
.details { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1rem; margin: 0; }
dt { color: var(--soft); font-size: 0.85rem; }
dd { margin: 0; font-weight: 600; }
.reviews { display: grid; grid-template-columns: repeat(auto-fit, minmax(16rem, 1fr)); gap: 1.5rem; }
article { padding: 1rem 1.25rem; border-left: 3px solid var(--line); }
blockquote { margin: 0.5rem 0; font-size: 1.1rem; }
.reviewer { margin: 0; font-weight: 600; }
.stars { margin: 0; font-size: 1.4rem; letter-spacing: 0.1em; }
.stars.black { color: #111; }
.stars.red { color: #c8102e; }
.served { margin: 1.5rem 0 0; color: var(--soft); font-size: 0.9rem; }
.error { color: #b3261e; }
`;
