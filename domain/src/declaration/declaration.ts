import { PassageError } from '../errors/passage-error.js';
import type { AcceptanceRecord, DeclarationFacts, DeclarationRecord } from './declaration-record.js';

export const declarationStatuses = ['lodged', 'accepted', 'amended', 'withdrawn'] as const;

export type DeclarationStatus = (typeof declarationStatuses)[number];

/** How a declaration stands: accepted only in the version that customs has accepted. */
export function declarationStatus(
  { version, withdrawn }: DeclarationRecord,
  acceptance: AcceptanceRecord | undefined,
): DeclarationStatus {
  if (withdrawn !== undefined) return 'withdrawn';
  if (acceptance?.version === version) return 'accepted';
  return version === 1 ? 'lodged' : 'amended';
}

/** The declaration with other facts: a new version, which customs has to accept anew. @throws PassageError DECLARATION_WITHDRAWN */
export function amend(
  before: DeclarationRecord,
  facts: DeclarationFacts,
  amended: { readonly at: string; readonly reason: string },
): DeclarationRecord {
  requireStanding(before);
  const { v, declaration, ucr, lodgedAt, version } = before;
  return { v, declaration, ucr, lodgedAt, ...facts, version: version + 1, amended };
}

/** @throws PassageError DECLARATION_WITHDRAWN */
export function withdraw(
  before: DeclarationRecord,
  withdrawn: { readonly at: string; readonly reason: string },
): DeclarationRecord {
  requireStanding(before);
  return { ...before, withdrawn };
}

/**
 * Whether customs may accept this version now: it is the newest, and was not accepted before.
 *
 * @throws PassageError DECLARATION_WITHDRAWN, DECLARATION_CHANGED, DECLARATION_ACCEPTED
 */
export function requireAcceptable(
  declaration: DeclarationRecord,
  version: number,
  acceptance: AcceptanceRecord | undefined,
): void {
  requireNewest(declaration, version);
  if (acceptance?.version !== version) return;
  const { declaration: id } = declaration;
  const details = { declaration: id, version };
  throw new PassageError('DECLARATION_ACCEPTED', `${id} was accepted in this version already`, details);
}

/**
 * That customs has accepted this version, and that it is the newest.
 *
 * @throws PassageError DECLARATION_WITHDRAWN, DECLARATION_CHANGED, DECLARATION_NOT_ACCEPTED
 */
export function requireAccepted(
  declaration: DeclarationRecord,
  version: number,
  acceptance: AcceptanceRecord | undefined,
): void {
  requireNewest(declaration, version);
  if (acceptance?.version === version) return;
  const { declaration: id } = declaration;
  const message = `${id} was not accepted in version ${String(version)}`;
  throw new PassageError('DECLARATION_NOT_ACCEPTED', message, { declaration: id, version });
}

function requireNewest(declaration: DeclarationRecord, version: number): void {
  requireStanding(declaration);
  const { declaration: id, version: newest } = declaration;
  if (version === newest) return;
  const message = `${id} stands in version ${String(newest)}, not ${String(version)}`;
  throw new PassageError('DECLARATION_CHANGED', message, { declaration: id, version: newest });
}

function requireStanding({ declaration, withdrawn }: DeclarationRecord): void {
  if (withdrawn === undefined) return;
  const details = { declaration, withdrawnAt: withdrawn.at };
  throw new PassageError('DECLARATION_WITHDRAWN', `${declaration} was withdrawn at ${withdrawn.at}`, details);
}
