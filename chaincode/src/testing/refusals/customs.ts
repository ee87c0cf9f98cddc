import type { JsonObject } from '@passage/domain';
import {
  imageHash,
  scanEvent,
  shipmentInput,
  TestDevice,
  testLedger,
  testUcr,
} from '@passage/domain/testing';
import { broker, carrier, importer, officer, terminal } from './people.js';
import { given, refused, type Before, type Story } from './story.js';

const ucr = testUcr;
const opened = given(importer, 'OpenShipment', shipmentInput());
const about = { ucr, legalBasis: 'art. 188' };
const hold = { ...about, response: '5' };
const [box, otherBox] = ['container:CSQU3054383', 'container:MWCU6059784'];

function held(changes: JsonObject = {}, requestId = 'hold'): Before {
  return given(officer, 'PlaceHold', { requestId, ...hold, ...changes });
}

const declaration = 'BROKER1:D';
const line = {
  hs: '847130',
  hsEdition: '2017',
  origin: 'CN',
  unit: { uom: 'KGM', decimals: 0 },
  quantity: 1,
  packages: 1,
};
const facts = { declaration, ucr, procedure: 'import', office: 'KRPUS', lines: [line] };
const placement = { declaration, version: 1, legalBasis: 'art. 201' };
const lodged = given(broker, 'LodgeDeclaration', { requestId: 'lodge', ...facts });
const accepted = given(officer, 'AcceptDeclaration', { requestId: 'accept', declaration, version: 1 });

const scanner = new TestDevice(testLedger);
const camera = new TestDevice(testLedger);
const seen = camera.next(scanEvent());
const [scan, second] = [
  scanner.next(scanEvent()),
  scanner.next(scanEvent({}, { epcList: ['urn:epc:id:bic:MWCU6059784'] })),
];
const order = { kind: 'scan', to: 'CARRIER1', deadline: '2026-02-01T00:00:00.000Z', units: [box] };
const step = { ucr, inspection: 1 };

function registered(device: TestDevice, kind: string): Before {
  const proof = device.proof({ owner: 'CARRIER1', kind });
  return given(carrier, 'RegisterDevice', { requestId: device.kid, kind, proof });
}

const scanned: readonly Before[] = [
  opened,
  registered(scanner, 'xray_scanner'),
  registered(camera, 'ocr_camera'),
  given(terminal, 'RecordStatements', { statements: [scan, second, seen] }),
  given(officer, 'OrderInspection', { requestId: 'order', ...about, ...order }),
  given(carrier, 'AnchorImage', { requestId: 'image', ...step, unit: box, statement: scan }),
];

export const customsStories: readonly Story[] = [
  {
    about: 'holds that are not there, over other units, or too many',
    before: [
      opened,
      held({ units: [box] }),
      ...Array.from({ length: 9 }, (_, n) => held({}, `h-${String(n)}`)),
    ],
    refused: [
      refused('HOLD_UNKNOWN', officer, 'ReleaseHold', { ...about, response: '9', hold: 11 }),
      refused('UNIT_NOT_HELD', officer, 'ReleaseHold', {
        ...about,
        response: '9',
        hold: 1,
        units: [otherBox],
      }),
      refused('TOO_MANY_HOLDS', officer, 'PlaceHold', hold),
    ],
  },
  {
    about: 'a decision on one’s own goods',
    before: [given(importer, 'OpenShipment', shipmentInput({ custodian: 'OFFICER1' }))],
    refused: [refused('OWN_CONSIGNMENT', officer, 'ReleaseGoods', about)],
  },
  {
    // Only CustomsMSP opens shipments today, so no act of ours leads here.
    about: 'a decision on goods for which another customs is competent',
    before: [
      opened,
      { key: `customs/${ucr}`, value: { v: 1, ucr, customs: 'OtherMSP', holds: 0, inForce: [] } },
    ],
    refused: [refused('NOT_COMPETENT', officer, 'PlaceHold', hold)],
  },
  {
    about: 'declarations under a used id or of other goods, and a procedure that does not follow',
    before: [
      opened,
      lodged,
      accepted,
      given(officer, 'PlaceUnderProcedure', { requestId: 'place', ...placement }),
    ],
    refused: [
      refused('DECLARATION_EXISTS', broker, 'LodgeDeclaration', facts),
      refused('GOODS_MISMATCH', broker, 'AmendDeclaration', {
        declaration,
        reason: 'r',
        procedure: 'import',
        office: 'KRPUS',
        lines: [{ ...line, hs: '080610' }],
      }),
      refused('REGIME_REFUSED', officer, 'PlaceUnderProcedure', placement),
    ],
  },
  {
    about: 'images that are none, not of the unit, or there already',
    before: scanned,
    refused: [
      refused('INSPECTION_UNKNOWN', carrier, 'AnswerInspection', {
        ...step,
        inspection: 2,
        answer: 'acknowledged',
      }),
      refused('UNIT_NOT_CHOSEN', carrier, 'AnchorImage', { ...step, unit: otherBox, statement: second }),
      refused('IMAGE_ANCHORED', carrier, 'AnchorImage', { ...step, unit: box, statement: scan }),
      refused('NOT_AN_IMAGE', carrier, 'AnchorImage', { ...step, unit: box, statement: seen }),
      refused('IMAGE_UNKNOWN', officer, 'RecordReading', {
        ...step,
        image: imageHash.replace('c', 'd'),
        model: { id: 'net', version: '1' },
        result: 'conforming',
      }),
    ],
  },
];
