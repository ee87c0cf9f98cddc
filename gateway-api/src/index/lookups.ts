/**
 * Runs a pure rule, which looks things up at once, over a store that answers later: whatever it asks for and nobody has read yet is
 * read, all of a round together, and the rule runs again. `unread` stands for what is not read yet.
 */
export async function withLookups<Value, Result>(
  read: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
  unread: Value | undefined,
  rule: (get: (key: string) => Value | undefined) => Result,
): Promise<Result> {
  const known = new Map<string, Value | undefined>();
  for (;;) {
    const wanted = new Set<string>();
    const result = rule((key) => {
      if (known.has(key)) return known.get(key);
      wanted.add(key);
      return unread;
    });
    if (wanted.size === 0) return result;
    const found = await read([...wanted]);
    for (const key of wanted) known.set(key, found.get(key));
  }
}
