import fc from 'fast-check';
import { maySend } from './lot-steps.js';
import { lotNames, step, anyUcr, type Model, type ModelCertificate } from './model.js';
import type { AnyStepKind } from './step.js';

const certificate = fc.constantFrom('CERTIFIER1:1', 'CERTIFIER1:2', 'CERTIFIER1:3');
const quantity = fc.integer({ min: 1, max: 30 });
const lot = fc
  .tuple(fc.constantFrom('SELLER1', 'IMPORTER1'), fc.constantFrom(...lotNames))
  .map(([holder, name]) => `${holder}:${name}`);
const finding = { origin: 'VN', criterion: 'tariff_shift', rule: { name: 'RCEP', version: '2022' } };

const issue = step({
  usual: ['CERTIFIER1'],
  choice: fc.record({ certificate, lot, quantity }),
  take(model, by, { certificate, lot, quantity }) {
    const record = model.lots.get(lot);
    if (by !== 'CERTIFIER1' || record === undefined || model.certificates.has(certificate)) return false;
    if (record.certified + quantity > record.made) return false;
    record.certified += quantity;
    model.certificates.set(certificate, { lot, left: quantity, status: 'valid' });
    return true;
  },
  transaction: (_, choice) => {
    const validUntil = '2026-06-01T00:00:00.000Z';
    return { name: 'IssueCertificate', input: { ...choice, finding, validUntil } };
  },
});

function change(
  name: string,
  from: readonly ModelCertificate['status'][],
  to: ModelCertificate['status'],
): AnyStepKind<Model> {
  return step({
    usual: ['CERTIFIER1'],
    choice: fc.record({ certificate }),
    take(model, by, { certificate }) {
      const record = model.certificates.get(certificate);
      if (by !== 'CERTIFIER1' || record === undefined || !from.includes(record.status)) return false;
      record.status = to;
      const of = model.lots.get(record.lot);
      // What was not drawn down may be certified anew.
      if (to === 'withdrawn' && of !== undefined) of.certified -= record.left;
      return true;
    },
    transaction: (_, choice) => ({ name, input: { ...choice, reason: 'a doubt' } }),
  });
}

const draw = step({
  usual: ['SELLER1', 'IMPORTER1'],
  choice: fc.record({ certificate, ucr: anyUcr, quantity }),
  take(model, by, { certificate, ucr, quantity }) {
    const record = model.certificates.get(certificate);
    const of = model.lots.get(record?.lot ?? '');
    if (record?.status !== 'valid' || of?.holder !== by || !maySend(model, ucr, by)) return false;
    if (quantity > record.left || quantity > of.left) return false;
    record.left -= quantity;
    of.left -= quantity;
    model.shipped += quantity;
    return true;
  },
  transaction: (_, choice) => ({ name: 'DrawDownCertificate', input: choice }),
});

/** What is certified of lots: never more than was made, and sent never more than is left of lot or certificate. */
export const certificateSteps: readonly AnyStepKind<Model>[] = [
  issue,
  change('SuspendCertificate', ['valid'], 'suspended'),
  change('ResumeCertificate', ['suspended'], 'valid'),
  change('WithdrawCertificate', ['valid', 'suspended'], 'withdrawn'),
  draw,
];
