// How far a measured share may lie from the declared one by chance alone. Exact, for any number of requests and any share.

/** Chance that a whole run calls a mesh wrong that does as declared. */
export const FALSE_ALARM = 1e-4;

/** Bounds of a count, both within. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/**
 * The counts that are no surprise: of `requests`, each of which hits with `probability`, more or fewer hits come with a
 * chance of at most `alpha`, one half of it on each side.
 */
export function acceptance(requests: number, probability: number, alpha: number): Bounds {
  if (probability <= 0) return { low: 0, high: 0 };
  if (probability >= 1) return { low: requests, high: requests };
  return {
    low: tail(requests, probability, alpha / 2),
    high: requests - tail(requests, 1 - probability, alpha / 2),
  };
}

/** The smallest count of which all smaller ones together have a chance of at most `chance`. */
function tail(requests: number, probability: number, chance: number): number {
  let sum = 0;
  for (let count = 0; count <= requests; count++) {
    sum += Math.exp(logChance(requests, count, probability));
    if (sum > chance) return count;
  }
  return requests;
}

/** Natural logarithm of the chance of exactly `count` hits. */
function logChance(requests: number, count: number, probability: number): number {
  const ways = logFactorial(requests) - logFactorial(count) - logFactorial(requests - count);
  return ways + count * Math.log(probability) + (requests - count) * Math.log1p(-probability);
}

const logFactorials = [0];

function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next++) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return logFactorials[n] ?? 0;
}

/** Steps in which numbers of requests are chosen. */
const STEP = 50;

/** The least number of requests for which the bounds of each share lie no further from it than `margin`. */
export function requestsFor(probabilities: readonly number[], alpha: number, margin: number): number {
  for (let requests = STEP; ; requests += STEP) {
    const close = probabilities.every((probability) => {
      const { low, high } = acceptance(requests, probability, alpha);
      return high / requests - probability <= margin && probability - low / requests <= margin;
    });
    if (close) return requests;
  }
}
