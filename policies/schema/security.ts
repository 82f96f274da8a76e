import { duration, fields, flag, list, mapOf, oneOf, text, textOf } from "./shape.ts";
import { matchSelector, nameOnly, targetRef } from "./shared.ts";

export const authorizationPolicy = fields({
  action: oneOf("ALLOW", "DENY", "AUDIT", "CUSTOM"),
  provider: nameOnly,
  rules: list(
    fields({
      from: list(
        fields({
          source: fields({
            ipBlocks: list(text),
            namespaces: list(text),
            notIpBlocks: list(text),
            notNamespaces: list(text),
            notPrincipals: list(text),
            notRemoteIpBlocks: list(text),
            notRequestPrincipals: list(text),
            notServiceAccounts: list(textOf({ max: 320 }), { max: 16 }),
            notTrustDomains: list(text),
            principals: list(text),
            remoteIpBlocks: list(text),
            requestPrincipals: list(text),
            serviceAccounts: list(textOf({ max: 320 }), { max: 16 }),
            trustDomains: list(text),
          }),
        }),
        { max: 512 },
      ),
      to: list(
        fields({
          operation: fields({
            hosts: list(text),
            methods: list(text),
            notHosts: list(text),
            notMethods: list(text),
            notPaths: list(text),
            notPorts: list(text),
            paths: list(text),
            ports: list(text),
          }),
        }),
      ),
      when: list(fields({ "key!": text, notValues: list(text), values: list(text) })),
    }),
    { max: 512 },
  ),
  selector: matchSelector,
  targetRef,
  targetRefs: list(targetRef, { max: 16 }),
});

const mutualTls = fields({ mode: oneOf("UNSET", "DISABLE", "PERMISSIVE", "STRICT") });

export const peerAuthentication = fields({
  mtls: mutualTls,
  portLevelMtls: mapOf(mutualTls, { min: 1 }),
  selector: matchSelector,
});

export const requestAuthentication = fields({
  jwtRules: list(
    fields({
      audiences: list(textOf({ min: 1 })),
      forwardOriginalToken: flag,
      fromCookies: list(textOf({ min: 1 })),
      fromHeaders: list(fields({ "name!": textOf({ min: 1 }), prefix: text })),
      fromParams: list(textOf({ min: 1 })),
      issuer: textOf({ min: 1 }),
      jwks: text,
      jwks_uri: textOf({ min: 1, max: 2048 }),
      jwksUri: textOf({ min: 1, max: 2048 }),
      outputClaimToHeaders: list(
        fields({ "claim!": textOf({ min: 1 }), "header!": textOf({ min: 1, pattern: /^[-_A-Za-z0-9]+$/ }) }),
      ),
      outputPayloadToHeader: text,
      spaceDelimitedClaims: list(textOf({ min: 1 }), { max: 64 }),
      timeout: duration,
    }),
    { max: 4096 },
  ),
  selector: matchSelector,
  targetRef,
  targetRefs: list(targetRef, { max: 16 }),
});
