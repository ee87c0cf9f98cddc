import type { JsonObject } from '@passage/domain';
import { actEvent, shipmentInput, TestDevice, testLedger, testUcr } from '@passage/domain/testing';
import { carrier, importer, officer, seller, terminal } from './people.js';
import { given, refused, type Before, type Refused, type Story } from './story.js';

const ucr = testUcr;
const goods = ['A', 'B'].map((marks) => ({ hs: '847130', hsEdition: '2017', marks }));
const opened = given(importer, 'OpenShipment', shipmentInput({ goods }));
const [one, other] = ['6KRIMPORTER1-1', '6KRIMPORTER1-2'];
const split = { ucr, into: [one, other].map((part, line) => ({ ucr: part, lines: [{ line }] })) };
const fresh = [other, '6KRIMPORTER1-3'].map((part, line) => ({ ucr: part, lines: [{ line }] }));
const inspection = {
  requestId: 'i',
  ucr,
  kind: 'documents',
  to: 'TERMINAL1',
  deadline: '2026-02-01T00:00:00.000Z',
  legalBasis: 'art. 188',
};
const master = { master: 'CARRIER1:M', document: '704', carrier: 'CARRIER1', from: 'CNSHA', to: 'KRPUS' };

const device = new TestDevice(testLedger);
const proof = device.proof({ owner: 'CARRIER1', kind: 'business_system' });
const [box, pallet] = ['urn:epc:id:bic:CSQU3054383', 'urn:epc:id:sscc:4012345.0000000111'];

function packing(parentID: string, child: string): JsonObject {
  const packed = { type: 'AggregationEvent', action: 'ADD', parentID, childEPCs: [child] };
  return actEvent(packed, ...(child === box ? [ucr] : []));
}

const whole = `urn:passage:ucr:${ucr}`;
const packed: readonly Before[] = [
  opened,
  given(carrier, 'RegisterDevice', { requestId: 'd', kind: 'business_system', proof }),
  given(terminal, 'RecordStatements', { statements: [device.next(packing(box, whole))] }),
];

function packs(code: Refused['code'], event: JsonObject): Refused {
  const statements = [device.statement({ seq: 2, payload: event })];
  return { code, caller: terminal, name: 'RecordStatements', input: { statements } };
}

export const shipmentStories: readonly Story[] = [
  {
    about: 'dividing and uniting what is not one’s own, not alike, or being inspected',
    before: [
      opened,
      given(importer, 'OpenShipment', shipmentInput({ requestId: 'other', ucr: one, goods, origin: 'JP' })),
      given(officer, 'OrderInspection', { ...inspection, ucr: one }),
    ],
    refused: [
      refused('MAY_NOT_DIVIDE', seller, 'SplitShipment', split),
      refused('UNDER_INSPECTION', importer, 'SplitShipment', { ...split, ucr: one }),
      refused('NAMING_UNKNOWN', importer, 'SplitShipment', { ...split, into: fresh, named: ['TERMINAL1'] }),
      refused('SHIPMENT_UNKNOWN', importer, 'SplitShipment', { ...split, ucr: other }),
    ],
  },
  {
    about: 'merging consignments of different origin',
    before: [
      opened,
      given(importer, 'OpenShipment', shipmentInput({ requestId: 'other', ucr: one, goods, origin: 'JP' })),
    ],
    refused: [refused('MERGE_MISMATCH', importer, 'MergeShipments', { from: [ucr, one], ucr: other })],
  },
  {
    about: 'a master that is there already',
    before: [given(carrier, 'OpenMaster', { requestId: 'm', ...master })],
    refused: [refused('MASTER_EXISTS', carrier, 'OpenMaster', master)],
  },
  {
    about:
      'packing what lies in a unit already, a container into a pallet, and opening a seal that was never fitted',
    before: packed,
    refused: [
      packs('ALREADY_INSIDE', packing(box, whole)),
      packs('UNIT_CANNOT_CARRY', packing(pallet, box)),
      refused('SEAL_UNKNOWN', carrier, 'OpenSeal', {
        unit: 'container:CSQU3054383',
        ucr,
        seal: 'A1',
        reason: 'r',
      }),
    ],
  },
];
