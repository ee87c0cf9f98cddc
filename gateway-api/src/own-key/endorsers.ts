import * as z from 'zod';

/** Acts on openings: their private part is for the peers of the organisation that keeps it, and for no other. */
const openings = new Set(['KeepOpenings', 'DiscloseOpening', 'PurgeOpening']);

const disclosure = z.object({ to: z.string() });

/** Finds the organisation that a party belongs to. */
export type MspOfParty = (party: string) => Promise<string | undefined>;

/**
 * Organisations that alone may endorse an act; none where any will do. A recipient that nobody knows leaves it to our own
 * peers, which refuse with the rules' code.
 *
 * @param own MSP id of this gateway's organisation.
 */
export async function endorsersOf(
  command: string,
  argument: string,
  own: string,
  mspOf: MspOfParty,
): Promise<readonly string[]> {
  if (!openings.has(command)) return [];
  const disclosed = command === 'DiscloseOpening' ? disclosure.safeParse(JSON.parse(argument)) : undefined;
  return [(disclosed?.success ? await mspOf(disclosed.data.to) : undefined) ?? own];
}
