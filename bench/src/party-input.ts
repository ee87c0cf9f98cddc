/** The input of RegisterParty for the party of this number; all inputs are of one length. */
export function partyInput(prefix: string, number: number): object {
  const id = `${prefix}-${String(number).padStart(8, '0')}`;
  return { requestId: `register-${id}`, partyId: id, name: `Party ${id}`, roles: ['warehouse'] };
}
