import { keys } from '@passage/domain';
import { people } from '@passage/domain/testing';
import type { Caller, JsonObject } from '@passage/domain';
import type { Told } from '@passage/evidence/testing';
import { change, classified, importer, opens, seller, told, ucr, unit } from './story.js';
import type { Lying } from './story.js';
import type { Lie } from './lie.js';

const certifier = people.find(({ partyId }) => partyId === 'CERTIFIER1') as Caller;
const [lot, made, certificate] = ['SELLER1:L', 'SELLER1:M', 'CERTIFIER1:C'];
const all = (quantity: number, remaining: number): JsonObject => ({
  quantity,
  remaining,
  shares: [{ origin: 'VN', quantity, remaining }],
});

const hasLot = told(seller, 'RegisterLot', {
  lot,
  ...classified,
  unit,
  shares: [{ origin: 'VN', quantity: 100 }],
});

/** A lot becomes another one. */
const transforms = (by: Caller, quantity: number, lying?: Lying, into = made): Told =>
  told(
    by,
    'TransformLots',
    {
      transformation: into,
      measure: 'KGM',
      inputs: [{ lot, quantity }],
      outputs: [{ lot: into, ...classified, unit, quantity }],
    },
    lying,
  );

const certifies = told(certifier, 'IssueCertificate', {
  certificate,
  lot,
  quantity: 50,
  finding: { origin: 'VN', criterion: 'tariff_shift', rule: { name: 'RCEP', version: '2022' } },
  validUntil: '2026-04-01T00:00:00.000Z',
});
const draws = (quantity: number, lying?: Lying): Told =>
  told(seller, 'DrawDownCertificate', { certificate, ucr, quantity }, lying);

export const lots: readonly Lie[] = [
  {
    what: 'a transformation uses more of a lot than there is',
    story: () => [
      hasLot,
      transforms(seller, 150, {
        believing: { [keys.lot(lot)]: all(150, 150) },
        forge: change(keys.lot(lot), all(100, 0)),
      }),
    ],
    check: 'quantities',
    expected: /SELLER1:L loses what was used of it: VN 150/,
    found: /^VN 100$/,
  },
  {
    what: 'a transformation uses a lot of somebody else',
    story: () => [
      hasLot,
      transforms(
        importer,
        100,
        {
          believing: { [keys.lot(lot)]: { holder: 'IMPORTER1' } },
          forge: change(keys.lot(lot), { holder: 'SELLER1' }),
        },
        'IMPORTER1:M',
      ),
    ],
    check: 'custody',
    expected: /SELLER1:L used by SELLER1, who holds it/,
    found: /^IMPORTER1$/,
  },
  {
    what: 'what is made of a lot comes from somewhere else',
    story: () => [
      hasLot,
      transforms(seller, 100, {
        forge: change(keys.lot(made), { shares: [{ origin: 'KR', quantity: 100, remaining: 100 }] }),
      }),
    ],
    check: 'quantities',
    expected: /SELLER1:M of SELLER1:M made of VN 100/,
    found: /^KR 100$/,
  },
  {
    what: 'more comes out of a transformation than went in',
    story: () => [hasLot, transforms(seller, 100, { forge: change(keys.lot(made), all(200, 200)) })],
    check: 'quantities',
    expected: /the inputs and outputs of SELLER1:M balance/,
    found: /OUTPUT_EXCEEDS_INPUT/,
  },
  {
    what: 'a lot is accepted by a party that it was not offered to',
    story: () => [
      hasLot,
      told(seller, 'OfferLot', { lot, to: 'CARRIER1' }),
      told(
        importer,
        'AcceptLot',
        { lot },
        {
          believing: {
            [keys.lot(lot)]: { offer: { to: 'IMPORTER1', status: 'open', at: '2026-01-01T00:00:00.000Z' } },
          },
        },
      ),
    ],
    check: 'custody',
    expected: /held by SELLER1, offered to CARRIER1/,
    found: /^IMPORTER1, by IMPORTER1$/,
  },
  {
    what: 'a certificate is drawn down beyond its quantity',
    story: () => [
      opens(),
      hasLot,
      certifies,
      draws(60, {
        believing: { [keys.certificate(certificate)]: { remaining: 60 } },
        forge: change(keys.certificate(certificate), { remaining: 0 }),
      }),
    ],
    check: 'quantities',
    expected: /CERTIFIER1:C: 0 of 50 left, while it is valid/,
    found: /^0 left, valid$/,
  },
  {
    what: 'a certificate is drawn down that was suspended',
    story: () => [
      opens(),
      hasLot,
      certifies,
      told(certifier, 'SuspendCertificate', { certificate, reason: 'doubt' }),
      draws(10, {
        believing: { [keys.certificate(certificate)]: { status: 'valid' } },
        forge: change(keys.certificate(certificate), { status: 'suspended' }),
      }),
    ],
    check: 'quantities',
    expected: /while it is valid/,
    found: /^40 left, suspended$/,
  },
];
