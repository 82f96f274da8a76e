import { settingsProblems } from "../../settings/parse.ts";

/** Settings as the configuration of a stack file. */
export const inStackFile = (settings: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`mesh:${key}`, value as unknown]));

/** Where settings are wrong, without the project's name. */
export const pathsOf = (settings: object): string[] =>
  settingsProblems(inStackFile(settings)).map(({ path }) => path.replace(/^mesh:/, ""));

/** An application `shop` with a service `cart` of version `v1`, which is right but for what is added. */
export const shop = (version: object, service: object = {}, application: object = {}) => ({
  applications: {
    shop: {
      services: { cart: { port: 8080, versions: { v1: { image: "acme/cart:1.4.0", ...version } }, ...service } },
      ...application,
    },
  },
});
