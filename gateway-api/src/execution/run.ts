import { locatedError } from 'graphql';
import type { FieldNode, GraphQLError, GraphQLField } from 'graphql';

export type Arguments = Readonly<Record<string, unknown>>;

/** One carrying out of a query. */
export interface Run {
  readonly context: unknown;
  /** The arguments of a field of the text: the same wherever it stands in the answer. Throws for what is not taken. */
  readonly argumentsOf: (definition: GraphQLField<unknown, unknown>, node: FieldNode) => Arguments;
  /** What went wrong in fields that may be null. */
  readonly errors: GraphQLError[];
}

/** Where in the answer a value stands. */
export interface Place {
  /** Undefined at the answer's root. */
  readonly above: Place | undefined;
  readonly key: string | number;
}

/** Makes of what a resolver gave what is answered, or a promise of it. Throws for what may not be null, or is not what it should be. */
export type Complete = (value: unknown, place: Place, run: Run) => unknown;

/** A field, or an element of one that is a list. */
export interface Part {
  readonly nodes: readonly FieldNode[];
  readonly isNullable: boolean;
}

/**
 * What stands for a part that failed: null where it may be, and the error is told; else the failure goes on to what holds the part
 * (GraphQL specification, 6.4.4).
 */
export function failed(error: unknown, { nodes, isNullable }: Part, place: Place, run: Run): null {
  const located = locatedError(error, nodes, pathTo(place));
  if (!isNullable) throw located;
  run.errors.push(located);
  return null;
}

function pathTo(place: Place): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.above) path.unshift(at.key);
  return path;
}

/** Whether a value is yet to come. */
export function isComing(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}
