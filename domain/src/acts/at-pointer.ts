import { PassageError } from '../errors/passage-error.js';

/** Runs a rule on behalf of one member of the event: its refusal points there. */
export function at<T>(pointer: string, rule: () => T): T {
  try {
    return rule();
  } catch (error) {
    if (!(error instanceof PassageError)) throw error;
    throw new PassageError(error.code, error.message, { ...error.details, pointer });
  }
}
