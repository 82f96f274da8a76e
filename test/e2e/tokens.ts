// Tokens of an issuer that the tests have made up.
import { generateKeyPairSync, sign } from "node:crypto";

export const ISSUER = "https://login.example.com";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
/** The issuer's keys. */
export const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] });

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600;

/** A token that is good for an hour, unless the claims say otherwise. */
export function token(claims: object, key = privateKey): string {
  const text = `${encoded({ alg: "RS256", kid: "one" })}.${encoded({ iss: ISSUER, sub: "jane", aud: "mesh", exp: inAnHour(), ...claims })}`;
  return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
}
