// An issuer of OpenID Connect for a pod, by a certified library: who somebody is, a parameter of the address says. It knows one
// client, whose secret, redirect URI and proof of the code it checks.
import { Provider, type ClientMetadata } from "oidc-provider";

const { ISSUER = "", CLIENT = "{}", USERS = "{}" } = process.env;
/** The groups of everybody. */
const users = JSON.parse(USERS) as Readonly<Record<string, readonly string[]>>;
const SCOPES = ["openid", "email", "groups", "profile"];

const provider = new Provider(ISSUER, {
  clients: [JSON.parse(CLIENT) as ClientMetadata],
  scopes: SCOPES,
  claims: { openid: ["sub"], email: ["email", "email_verified"], groups: ["groups"] },
  // In the token itself, as most issuers have them.
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_context, { uid }) => `/who/${uid}` },
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: `${id}@example.com`, email_verified: true, groups: users[id] ?? [] }),
  }),
  loadExistingGrant: async ({ oidc }) => {
    const [clientId, accountId] = [oidc.client?.clientId, oidc.session?.accountId];
    const grant = new oidc.provider.Grant({ ...(clientId && { clientId }), ...(accountId && { accountId }) });
    grant.addOIDCScope(SCOPES.join(" "));
    await grant.save();
    return grant;
  },
});

provider.use(async (context, next) => {
  if (!context.path.startsWith("/who/")) {
    await next();
  } else if (typeof context.query.user === "string") {
    context.respond = false;
    await provider.interactionFinished(context.req, context.res, { login: { accountId: context.query.user } });
  } else {
    context.body = "who are you?";
  }
});
provider.listen(8080);
