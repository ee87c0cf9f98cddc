/** How many results are kept: about as many keys as one network's devices use in the same minutes. */
const KEPT = 1024;

/**
 * The same function, which keeps its latest results: judging and importing a key costs more than verifying with it, and
 * one device signs many statements. The result has to follow from the argument alone; `nameOf` tells arguments apart.
 */
export function remember<A, R>(
  nameOf: (argument: A) => string,
  compute: (argument: A) => R,
): (argument: A) => R {
  const results = new Map<string, R>();
  return (argument) => {
    const name = nameOf(argument);
    if (results.has(name)) return results.get(name) as R;
    const result = compute(argument);
    const [oldest] = results.keys();
    if (results.size >= KEPT && oldest !== undefined) results.delete(oldest);
    results.set(name, result);
    return result;
  };
}
