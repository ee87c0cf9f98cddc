import { PassageError } from '../errors/passage-error.js';
import type { Violation } from '../errors/violations.js';
import type { Refusal } from './verdict.js';

/** The refusal in an error, or in several that were listed in one. */
export function refusalOf(error: PassageError, pointer = pointerOf(error)): Refusal {
  const { code, message, next } = error;
  return { code, pointer, message, next, violations: violationsOf(error) };
}

/** What an act is refused with, or undefined where it goes through. Errors of the program itself pass on. */
export function refused(act: () => void): PassageError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof PassageError) return error;
    throw error;
  }
}

function violationsOf({ details }: PassageError): readonly Violation[] {
  return (details['violations'] ?? []) as unknown as readonly Violation[];
}

function pointerOf(error: PassageError): string {
  const { pointer } = error.details;
  return violationsOf(error)[0]?.pointer ?? (typeof pointer === 'string' ? pointer : '');
}
