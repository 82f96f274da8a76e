/** The ways to run a stack. */
export const profiles = ["demo", "production"] as const;

/**
 * How a stack is meant to run: `demo` is small and shows everything, like `istioctl install --set profile=demo`;
 * `production` runs every part twice or more and survives the loss of a node.
 */
export type Profile = (typeof profiles)[number];
