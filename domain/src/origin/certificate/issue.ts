import { PassageError } from '../../errors/passage-error.js';
import { refuseViolations, type Violation } from '../../errors/violations.js';
import type { Parameters } from '../../parameters/parameter-table.js';
import type { LotRecord } from '../lot/lot-record.js';
import type { CertificateFacts, CertificateRecord } from './certificate-record.js';

/**
 * A certificate for a quantity of a lot, and the lot as it stands then. No two certificates speak of the same goods: those of
 * a lot that hold, together, are for no more than there was of it.
 *
 * @throws PassageError INVALID_FIELD where it ends in the past, finds by value without a commitment to one, or
 *   rests on a rule that was not agreed on; OVER_CLAIM
 */
export function issueCertificate(
  facts: CertificateFacts,
  lot: LotRecord,
  parameters: Pick<Parameters, 'originRules'>,
  at: string,
): { readonly certificate: CertificateRecord; readonly lot: LotRecord } {
  refuseViolations('The certificate', [...formViolations(facts, at), ...ruleViolations(facts, parameters)]);
  requireCovered(facts, lot);
  const { hs, hsEdition, unit } = lot;
  return {
    certificate: {
      v: 1,
      ...facts,
      hs,
      hsEdition,
      unit,
      remaining: facts.quantity,
      status: 'valid',
      issuedAt: at,
    },
    lot: { ...lot, certified: lot.certified + facts.quantity },
  };
}

function formViolations(
  { validUntil, finding, commitments }: CertificateFacts,
  at: string,
): readonly Violation[] {
  const past = { pointer: '/validUntil', code: 'VALUE', message: 'must be in the future' };
  const bare = {
    pointer: '/commitments',
    code: 'MISSING',
    message: 'is missing: a finding by value rests on values, and they are committed to',
  };
  return [
    ...(validUntil <= at ? [past] : []),
    ...(finding.criterion === 'value' && commitments === undefined ? [bare] : []),
  ];
}

/** Where rules of origin were agreed on, a finding rests on one of them, in that version. */
function ruleViolations(
  { finding: { rule } }: CertificateFacts,
  { originRules }: Pick<Parameters, 'originRules'>,
): readonly Violation[] {
  const isAgreed = originRules.some(({ name, version }) => name === rule.name && version === rule.version);
  if (originRules.length === 0 || isAgreed) return [];
  const agreed = originRules.map(({ name, version }) => `${name} ${version}`).join(', ');
  return [{ pointer: '/finding/rule', code: 'VALUE', message: `must be one that was agreed on: ${agreed}` }];
}

/** @throws PassageError OVER_CLAIM */
function requireCovered({ quantity, finding }: CertificateFacts, lot: LotRecord): void {
  const free = lot.quantity - lot.certified;
  if (quantity > free) {
    const message = `Of ${lot.lot} ${String(free)} are under no certificate, and ${String(quantity)} are claimed`;
    throw new PassageError('OVER_CLAIM', message, { lot: lot.lot, free, claimed: quantity });
  }
  const foreign = lot.shares.map(({ origin }) => origin).filter((origin) => origin !== finding.origin);
  if (finding.criterion !== 'wholly_obtained' || foreign.length === 0) return;
  const message = `${lot.lot} has material of ${foreign.join(', ')} in it: it is not wholly obtained in ${finding.origin}`;
  throw new PassageError('OVER_CLAIM', message, { lot: lot.lot, origins: foreign, claimed: finding.origin });
}
