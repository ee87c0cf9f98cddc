import type { JsonObject } from '../json/value.js';
import { partyCaller, shipmentInput, testUcr } from './cast.js';
import { TestWorld } from './test-world.js';

/** Who divides, who carries, and who decides for customs. */
export const [importer, carrier, officer] = [
  partyCaller('IMPORTER1'),
  partyCaller('CARRIER1'),
  partyCaller('OFFICER1'),
] as const;

/** The goods of a consignment that is split: a line that is counted, and one that is told by its marks. */
export const line = {
  hs: '080610',
  hsEdition: '2022',
  quantity: 1000,
  unit: { uom: 'KGM', decimals: 0 },
  packages: { count: 40, type: 'CT' },
};
export const marked = { hs: '847130', hsEdition: '2022', marks: 'ACME' };

/** The UCRs of its parts. */
export const [one, other] = ['6KRIMPORTER1-PART1', '6KRIMPORTER1-PART2'] as const;

/** A hold of the test shipment, and its release. */
export const hold = { requestId: 'hold-1', ucr: testUcr, legalBasis: 'art. 1', response: '5' };
export const release = { requestId: 'release-1', ucr: testUcr, legalBasis: 'art. 2' };

/** The policy of what customs has a word in, of a part as of the whole: none without customs. */
export const partPolicy = { allOf: 'CustomsMSP', oneOf: ['PortMSP', 'BusinessMSP'] };

/** A split of the test shipment: 600 and 400 of the first line, the second line whole. */
export function splitInput(changes: JsonObject = {}): JsonObject {
  return {
    requestId: 'split-1',
    ucr: testUcr,
    into: [
      { ucr: one, lines: [{ line: 0, quantity: 600, packages: 24 }, { line: 1 }] },
      { ucr: other, lines: [{ line: 0, quantity: 400, packages: 16 }] },
    ],
    ...changes,
  };
}

/** A merge of the two parts. */
export function mergeInput(changes: JsonObject = {}): JsonObject {
  return { requestId: 'merge-1', ucr: '6KRIMPORTER1-WHOLE', from: [one, other], ...changes };
}

/** A world with the test shipment of these goods. */
export function opened(changes: JsonObject = {}): TestWorld {
  const world = TestWorld.started();
  world.play(importer, 'OpenShipment', shipmentInput({ goods: [line, marked], ...changes }));
  return world;
}
