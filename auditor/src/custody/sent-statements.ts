import { PassageError, readStatement } from '@passage/domain';
import type { JsonObject, UnverifiedStatement } from '@passage/domain';

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

function textsOf(act: string, { statements, declaration }: JsonObject): readonly string[] {
  const sent = {
    RecordStatements: statements,
    FileLateEvidence: statements,
    DeclareError: [declaration],
  }[act];
  return Array.isArray(sent) ? sent.filter((each) => typeof each === 'string') : [];
}
