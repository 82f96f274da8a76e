/** Does the work and undoes what was made for it, also when the work fails or the user stops it. */
export async function withCleanup<T>(undo: () => Promise<unknown>, work: () => Promise<T>): Promise<T> {
  const stop = () => {
    void undo().finally(() => process.exit(130));
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
    await undo();
  }
}
