/** Does `one` so many times, a few at once. The results stand in the order of their indices. */
export async function repeatedly<T>(count: number, parallel: number, one: (index: number) => Promise<T>): Promise<T[]> {
  const results = new Array<T>(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      results[index] = await one(index);
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return results;
}
