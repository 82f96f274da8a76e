import type { Field } from "../../model/field.ts";
import type { Finding } from "../../engine/rule.ts";
import { lacksText, places, repeated } from "../../values/reading.ts";
import { allTrafficPolicies } from "../../values/trafficPolicy.ts";
import { at, rejected } from "../../values/verdicts.ts";

/** Envoy's limit of a table, a prime itself. */
const LARGEST_TABLE = 5_000_011;

export const consistentHashes = rejected({
  id: "consistent-hashes",
  title:
    "A consistent hash uses one algorithm, ring hash or Maglev, with a size that Envoy accepts, and cookies have names.",
  remediation:
    "Name the cookie and each of its attributes once, set maglev.tableSize to a prime such as 65537, and set minimumRingSize only in ringHash.",
  kinds: ["DestinationRule"],

  *check(object) {
    for (const policy of allTrafficPolicies(object)) {
      for (const hash of places(policy, "loadBalancer.consistentHash")) {
        yield* cookieFindings(hash.at("httpCookie"));
        const ring = hash.at("minimumRingSize");
        const algorithms = ["ringHash", "maglev"].map((name) => hash.at(name));
        if ((ring.number() ?? 0) !== 0 && algorithms.some((algorithm) => algorithm.isPresent())) {
          yield at(ring, "remove this field: set the size in ringHash or maglev");
        }
        yield* tableFindings(hash.at("maglev"));
      }
    }
  },
});

function* cookieFindings(cookie: Field): Generator<Finding> {
  if (!cookie.isPresent()) return;
  if (lacksText(cookie.at("name"))) yield at(cookie.at("name"), "set the name of the cookie");
  const names = places(cookie, "attributes[]").map((attribute) => attribute.at("name"));
  for (const name of names) if (lacksText(name)) yield at(name, "set the name of the attribute");
  for (const name of repeated(names)) {
    if (name.string() !== "") yield at(name, "remove this entry: an earlier attribute has the same name");
  }
}

function* tableFindings(maglev: Field): Generator<Finding> {
  if (!maglev.isPresent()) return;
  const field = maglev.at("tableSize");
  const size = field.isAbsent() ? 0 : field.number();
  if (size === undefined) return;
  if (size >= LARGEST_TABLE || !isPrime(size))
    yield at(field, `use a prime number below ${LARGEST_TABLE}, such as 65537`);
}

function isPrime(number: number): boolean {
  // Envoy counts 1 among the primes.
  if (number < 1 || (number > 2 && number % 2 === 0)) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) if (number % factor === 0) return false;
  return true;
}
