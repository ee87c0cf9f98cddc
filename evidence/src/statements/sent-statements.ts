import { PassageError, readStatement } from '@passage/domain';
import type { JsonObject, JsonValue, UnverifiedStatement } from '@passage/domain';

/** The statements that a transaction brings to be recorded, as far as they can be read. */
export function sentStatements(act: string, input: JsonObject): readonly UnverifiedStatement[] {
  return textsOf(act, input).flatMap((jws) => {
    try {
      return [readStatement(jws)];
    } catch (error) {
      if (error instanceof PassageError) return [];
      throw error;
    }
  });
}

/** Whether an act is one that brings statements. */
export function bringsStatements(act: string): boolean {
  return Object.hasOwn(brought, act);
}

/** What an act brings to be recorded, by its name. */
const brought: Readonly<Record<string, (input: JsonObject) => JsonValue | undefined>> = {
  RecordStatements: ({ statements }) => statements,
  FileLateEvidence: ({ statements }) => statements,
  DeclareError: ({ declaration }) => (declaration === undefined ? [] : [declaration]),
};

/** What an act brings to be recorded of devices, whatever it is. */
export function textsOf(act: string, input: JsonObject): readonly string[] {
  const sent = Object.hasOwn(brought, act) ? brought[act]?.(input) : undefined;
  return Array.isArray(sent) ? sent.filter((each) => typeof each === 'string') : [];
}
