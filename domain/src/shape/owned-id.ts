import { PassageError } from '../errors/passage-error.js';
import { pattern } from './scalars.js';

/**
 * The id of a thing that a party numbers itself: `<party id>:<number>`. Whose it is stands in it, so that nobody uses up
 * another's numbers. No slash: it is part of keys.
 */
export const ownedId = pattern(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}:[A-Za-z0-9._()-]{1,64}$/,
  'a party id, a colon, and a number of 1 to 64 letters, digits, dots, hyphens, underscores or parentheses',
);

/** The party whose id it is. */
export function ownerOfId(id: string): string {
  return id.slice(0, id.indexOf(':'));
}

/** @throws PassageError ID_NOT_YOURS where the id begins with another party's */
export function requireOwnId(id: string, partyId: string, pointer: string): void {
  if (ownerOfId(id) === partyId) return;
  const details = { id, partyId, pointer };
  throw new PassageError('ID_NOT_YOURS', `${id} is an id of ${ownerOfId(id)}, not of ${partyId}`, details);
}
