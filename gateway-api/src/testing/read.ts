/** An object of a GraphQL answer: what its members hold is for the reader to say. */
export type Members = Readonly<Record<string, unknown>>;

/** What stands in an answer at a path of names and places, such as `trace.edges.0.node`. Throws where the path breaks. */
export function at(answer: unknown, path: string): unknown {
  return path.split('.').reduce((value, step) => {
    if (typeof value === 'object' && value !== null && step in value) return (value as Members)[step];
    throw new Error(`there is no ${step} of ${path} in ${JSON.stringify(answer)}`);
  }, answer);
}

/** The object at a path. */
export function membersAt(answer: unknown, path: string): Members {
  const value = at(answer, path);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Members;
  throw new Error(`${path} is no object in ${JSON.stringify(answer)}`);
}

/** The list at a path. */
export function listAt(answer: unknown, path: string): readonly unknown[] {
  const value = at(answer, path);
  if (Array.isArray(value)) return value;
  throw new Error(`${path} is no list in ${JSON.stringify(answer)}`);
}

/** The text at a path. */
export function textAt(answer: unknown, path: string): string {
  const value = at(answer, path);
  if (typeof value === 'string') return value;
  throw new Error(`${path} is no text in ${JSON.stringify(answer)}`);
}

/** The ids of a list at a path. */
export function idsAt(answer: unknown, path: string): readonly string[] {
  return listAt(answer, path).map((one) => textAt(one, 'id'));
}

/** The nodes of a connection. */
export function nodesOf(connection: unknown): readonly unknown[] {
  return listAt(connection, 'edges').map((edge) => at(edge, 'node'));
}
