import type { JsonObject } from '@passage/domain';
import { certifier, registerCertifier } from '@passage/domain/testing';
import { importer, seller } from './people.js';
import { given, refused, type Before, type Story } from './story.js';

const goods = { hs: '847130', hsEdition: '2017' };
const unit = { uom: 'KGM', decimals: 0 };

function lot(name: string, origins: readonly string[] = ['VN']): Before {
  const shares = origins.map((origin) => ({ origin, quantity: 100 }));
  return given(seller, 'RegisterLot', {
    requestId: `lot-${name}`,
    lot: `SELLER1:${name}`,
    ...goods,
    unit,
    shares,
  });
}

/** Eleven origins, of codes that begin with a letter. */
function eleven(first: string): readonly string[] {
  return Array.from({ length: 11 }, (_, index) => first + String.fromCharCode(65 + index));
}

const blend = {
  transformation: 'SELLER1:T',
  measure: 'KGM',
  inputs: [{ lot: 'SELLER1:A', quantity: 10 }],
  outputs: [{ lot: 'SELLER1:B', ...goods, unit, quantity: 10 }],
};
const wide = ['M', 'N'].map((name) => ({ lot: `SELLER1:${name}`, quantity: 1100 }));
const certificate = {
  certificate: 'CERTIFIER1:1',
  lot: 'SELLER1:A',
  quantity: 1,
  finding: { origin: 'VN', criterion: 'wholly_obtained', rule: { name: 'RCEP', version: '2022' } },
  validUntil: '2026-06-01T00:00:00.000Z',
};

function to(changes: JsonObject): JsonObject {
  return { ...blend, transformation: 'SELLER1:U', ...changes };
}

export const originStories: readonly Story[] = [
  {
    about: 'lots and transformations under used ids, in other units, or out of nothing',
    before: [
      lot('A'),
      lot('M', eleven('A')),
      lot('N', eleven('B')),
      lot('Z'),
      given(seller, 'TransformLots', { requestId: 't', ...blend }),
      given(seller, 'OfferLot', { requestId: 'o', lot: 'SELLER1:Z', to: 'IMPORTER1' }),
    ],
    refused: [
      refused(
        'LOT_EXISTS',
        seller,
        'TransformLots',
        to({ outputs: [{ ...blend.outputs[0], lot: 'SELLER1:A' }] }),
      ),
      refused('TRANSFORMATION_EXISTS', seller, 'TransformLots', {
        ...blend,
        outputs: [{ ...blend.outputs[0], lot: 'SELLER1:C' }],
      }),
      refused(
        'UNIT_NOT_CONVERTIBLE',
        seller,
        'TransformLots',
        to({ measure: 'LTR', outputs: [{ ...blend.outputs[0], lot: 'SELLER1:C' }] }),
      ),
      refused(
        'OUTPUT_EXCEEDS_INPUT',
        seller,
        'TransformLots',
        to({ outputs: [{ ...blend.outputs[0], lot: 'SELLER1:C', quantity: 11 }] }),
      ),
      refused(
        'TOO_MANY_ORIGINS',
        seller,
        'TransformLots',
        to({ inputs: wide, outputs: [{ ...blend.outputs[0], lot: 'SELLER1:C' }] }),
      ),
      refused('LOT_OFFERED', seller, 'OfferLot', { lot: 'SELLER1:Z', to: 'BROKER1' }),
      refused('LOT_UNKNOWN', seller, 'OfferLot', { lot: 'SELLER1:NONE', to: 'IMPORTER1' }),
    ],
  },
  {
    about: 'a certificate that is there already, and one that is not',
    before: [
      registerCertifier,
      lot('A'),
      given(certifier, 'IssueCertificate', { requestId: 'c', ...certificate }),
    ],
    refused: [
      refused('CERTIFICATE_EXISTS', certifier, 'IssueCertificate', certificate),
      refused('CERTIFICATE_UNKNOWN', certifier, 'SuspendCertificate', {
        certificate: 'CERTIFIER1:2',
        reason: 'r',
      }),
      refused('DOCUMENT_UNKNOWN', certifier, 'IssueCertificate', {
        ...certificate,
        certificate: 'CERTIFIER1:3',
        document: 'SELLER1:D',
      }),
      refused('ROLE_NOT_HELD', importer, 'IssueCertificate', certificate),
    ],
  },
];
