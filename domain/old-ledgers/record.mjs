// node domain/old-ledgers/record.mjs CHECKOUT COMMIT > NAME.json
//
// Plays one story by the rules of an older checkout (whose domain/ was built with `tsc -b domain`), and prints the world state
// that they left. Acts that those rules do not know yet are passed over; any other refusal ends the recording.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TestDevice, observation } from '../dist/testing/test-device.js';

const [checkout, commit] = process.argv.slice(2);
const old = (path) => import(pathToFileURL(resolve(checkout, 'domain/dist', path)).href);
const { prepareTransaction } = await old('index.js');
const { cast, opening, shipmentInput, testLedger, testUcr } = await old('testing/cast.js');

const state = new Map();
const policies = {};
let minute = 0;

function play({ caller, name, input }) {
  minute += 1;
  const timestamp = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  try {
    const prepared = prepareTransaction(name, JSON.stringify(input), caller);
    const values = new Map();
    const fetch = (keys) => keys.forEach((key) => values.set(key, state.get(key)));
    for (let keys = prepared.reads; keys.length > 0; keys = prepared.more?.(values) ?? []) fetch(keys);
    const { writes, policies: given = [] } = prepared.execute(values, { txId: `tx-${minute}`, timestamp });
    for (const { key, value } of writes) state.set(key, value);
    for (const { key, policy } of given) policies[key] = policy;
  } catch (error) {
    if (error.code !== 'TRANSACTION_UNKNOWN') throw error;
  }
}

const device = new TestDevice(testLedger, Buffer.alloc(32, 7));
const other = testUcr.replace('DECL1', 'DECL2');
const kind = 'handheld_terminal';
/** The caller of a party, also of one that the older cast does not have and whose acts its rules do not know. */
const partyCaller = (partyId) => ({ ...cast[partyId], admin: false, partyId, keyHeldBy: 'gateway' });
const carrier = partyCaller('CARRIER1');
const seller = partyCaller('SELLER1');

opening().forEach(play);
const story = [
  [carrier, 'RegisterDevice', { requestId: 'd', kind, proof: device.proof({ owner: 'CARRIER1', kind }) }],
  [partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput()],
  [partyCaller('IMPORTER1'), 'OpenShipment', shipmentInput({ requestId: 'open-2', ucr: other })],
  [
    partyCaller('TERMINAL1'),
    'RecordStatements',
    { statements: [device.next(observation()), device.next(observation())] },
  ],
  [carrier, 'OfferHandover', { requestId: 'o1', ucr: testUcr, to: 'TERMINAL1', place: 'KRPUS' }],
  [carrier, 'OfferHandover', { requestId: 'o2', ucr: other, to: 'TERMINAL1', place: 'KRPUS' }],
  [partyCaller('TERMINAL1'), 'AcceptHandover', { requestId: 'a2', ucr: other, handover: 1 }],
  [
    partyCaller('OFFICER1'),
    'DecideAeo',
    { requestId: 'aeo', partyId: 'IMPORTER1', status: 'given', reason: 'audited' },
  ],
  [
    seller,
    'GrantMandate',
    { requestId: 'm', mandatary: 'BROKER1', scope: ['OpenShipment'], until: '2027-01-01T00:00:00.000Z' },
  ],
  [
    seller,
    'AnchorDocument',
    {
      requestId: 'doc',
      document: 'SELLER1:inv',
      type: '380',
      issuer: 'Seller',
      number: '1',
      sha256: 'ab'.repeat(32),
    },
  ],
  [partyCaller('OFFICER1'), 'DetainGoods', { requestId: 'h', ucr: other, legalBasis: 'Art. 1' }],
  [
    seller,
    'RegisterLot',
    {
      requestId: 'l',
      lot: 'SELLER1:1',
      hs: '090111',
      hsEdition: '2022',
      unit: { uom: 'KGM', decimals: 0 },
      shares: [{ origin: 'BR', quantity: 100 }],
    },
  ],
];
for (const [caller, name, input] of story) play({ caller, name, input });

const text = (value) => Buffer.from(value).toString('utf8');
const entries = [...state].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, text(value)]);
console.log(JSON.stringify({ commit, state: Object.fromEntries(entries), policies }, null, 1));
