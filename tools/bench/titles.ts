/** What each part of the benchmark is called, in the order of docs/bench.md. */
export const TITLES = {
  install: "An installation",
  shift: "A changed weight",
  preview: "A preview",
  hosts: "Many hosts",
  latency: "A request",
  check: "Plain manifests",
} as const;

export type Part = keyof typeof TITLES;
