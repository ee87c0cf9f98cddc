import { PassageError } from '../../errors/passage-error.js';
import { readJson } from '../../json/read-json.js';
import type { Shape } from '../../shape/shape.js';
import { readInput } from '../define.js';
import { discloseOpening, discloseOpeningInput } from './disclose-opening.js';
import { keepOpenings, keepOpeningsInput, type CommittedField } from './keep-openings.js';
import { purgeOpening, purgeOpeningInput } from './purge-opening.js';

/** What the public part of an act says of one copy of an opening: that a party keeps it from now on, or no more. */
export type OpeningStep =
  | ({ readonly step: 'kept'; readonly holder: string; readonly owner: string } & CommittedField)
  | { readonly step: 'purged'; readonly holder: string; readonly commitment: string };

/**
 * The steps of a transaction: what blocks tell of the private collections. They name commitments, never salt or value.
 *
 * @param by the party that sent it.
 */
export function openingSteps(command: string, argument: string, by: string): readonly OpeningStep[] {
  const read = readers[command];
  try {
    return read?.(argument, by) ?? [];
  } catch (error) {
    // Colluding endorsers can let any argument stand in a block.
    if (error instanceof PassageError) return [];
    throw error;
  }
}

type Reader = (argument: string, by: string) => readonly OpeningStep[];

function reader<Input>(
  name: string,
  shape: Shape<Input>,
  stepsOf: (input: Input, by: string) => readonly OpeningStep[],
): Readonly<Record<string, Reader>> {
  return {
    [name]: (argument, by) =>
      stepsOf(readInput(name, shape, readJson(argument, { maxBytes: 1024 * 1024 })), by),
  };
}

const kept = (
  { commitment, subject, field }: CommittedField,
  owner: string,
  holder: string,
): OpeningStep => ({ step: 'kept', holder, owner, commitment, subject, field });

const readers: Readonly<Record<string, Reader>> = {
  ...reader(keepOpenings.name, keepOpeningsInput, ({ openings }, by) =>
    openings.map((opening) => kept(opening, by, by)),
  ),
  ...reader(discloseOpening.name, discloseOpeningInput, (opening, by) => [kept(opening, by, opening.to)]),
  ...reader(purgeOpening.name, purgeOpeningInput, ({ commitment, of }, by) => [
    { step: 'purged', holder: of ?? by, commitment },
  ]),
};
