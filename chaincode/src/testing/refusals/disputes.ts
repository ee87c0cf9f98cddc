import { commit } from '@passage/domain';
import { shipmentInput, testLedger, testUcr } from '@passage/domain/testing';
import { broker, carrier, importer, officer } from './people.js';
import { given, refused, type Story } from './story.js';

const ucr = testUcr;
const opened = given(importer, 'OpenShipment', shipmentInput());
const raising = { ucr, reason: 'the goods are others' };
const opening = { act: { by: 'IMPORTER1', requestId: 'open-1' } };
const mandate = {
  requestId: 'mandate',
  mandatary: 'BROKER1',
  scope: ['OpenShipment'],
  until: '2026-06-01T00:00:00.000Z',
};

const salt = new Uint8Array(32).fill(7);
const kept = { subject: ucr, field: 'driver', owner: 'CARRIER1' };
const commitment = commit({ ...kept, ledger: testLedger, value: 'Jan Novák', salt });
const secret = { value: 'Jan Novák', salt: Buffer.from(salt).toString('base64url') };

export const disputeStories: readonly Story[] = [
  {
    about: 'a dispute on nothing, on what is not about the consignment, and answering one’s own',
    before: [
      opened,
      given(importer, 'GrantMandate', mandate),
      given(carrier, 'RaiseDispute', { requestId: 'd', ...raising, event: opening }),
    ],
    refused: [
      refused('ACT_UNKNOWN', broker, 'RaiseDispute', {
        ...raising,
        event: { act: { by: 'IMPORTER1', requestId: 'none' } },
      }),
      refused('NOT_ABOUT_SHIPMENT', broker, 'RaiseDispute', {
        ...raising,
        event: { act: { by: 'IMPORTER1', requestId: 'mandate' } },
      }),
      refused('OWN_DISPUTE', carrier, 'AnswerDispute', {
        ucr,
        disputant: 'CARRIER1',
        dispute: 'd',
        finding: 'dismissed',
        text: 'no',
      }),
      refused('RULING_UNKNOWN', officer, 'GetRuling', { ucr, disputant: 'CARRIER1', dispute: 'd' }),
    ],
  },
  {
    about: 'purging another party’s opening before its retention is over',
    before: [
      {
        caller: carrier,
        name: 'KeepOpenings',
        input: { requestId: 'k', openings: [{ subject: ucr, field: 'driver', commitment }] },
        openings: [secret],
      },
    ],
    refused: [refused('RETENTION_RUNS', importer, 'PurgeOpening', { commitment, of: 'CARRIER1' })],
  },
];
