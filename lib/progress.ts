/** Runs one step of a longer job and says when it starts, every 20 seconds that it goes on, and when it ends. */
export async function step<T>(title: string, work: () => Promise<T>, expected?: string): Promise<T> {
  const start = Date.now();
  say(`${title}${expected ? ` (${expected})` : ""} …`);
  const ticker = setInterval(() => {
    say(`${title}: still running after ${seconds(start)}`);
  }, 20_000);
  try {
    const result = await work();
    say(`${title}: done in ${seconds(start)}`);
    return result;
  } finally {
    clearInterval(ticker);
  }
}

/** Progress goes to standard error: standard output holds only what was asked for. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function seconds(since: number): string {
  const total = Math.round((Date.now() - since) / 100) / 10;
  return total < 100 ? `${total} s` : `${Math.floor(total / 60)} min ${Math.round(total % 60)} s`;
}
