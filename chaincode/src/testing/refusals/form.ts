import { defaultRoles } from '@passage/domain';
import { shipmentInput, testUcr } from '@passage/domain/testing';
import { businessAdmin, customsAdmin, importer, portAdmin } from './people.js';
import { given, refused, type Story } from './story.js';

const overEightMiB = `{"name":"${'x'.repeat(8 * 1024 * 1024)}"}`;
const newParty = { partyId: 'NEW1', name: 'New', roles: ['importer'], identifiers: { gln: '4012345000008' } };

/** What is refused before any rule of a subject is asked. */
export const formStories: readonly Story[] = [
  {
    about: 'what is no strict JSON, or too much of it',
    before: [],
    refused: [
      refused('INVALID_JSON', importer, 'OpenShipment', '{'),
      refused('DUPLICATE_MEMBER', importer, 'OpenShipment', '{"ucr":"A","ucr":"B"}'),
      refused('UNSAFE_NUMBER', importer, 'OpenShipment', '{"ucr":9007199254740993}'),
      refused('TOO_DEEP', importer, 'OpenShipment', '['.repeat(1000)),
      refused('NOT_NFC', importer, 'OpenShipment', '{"ucr":"e\u0301"}'),
      refused('TOO_LARGE', importer, 'OpenShipment', overEightMiB),
      refused('INVALID_IDENTIFIER', businessAdmin, 'RegisterParty', newParty),
      refused('TRANSACTION_UNKNOWN', importer, 'Steal'),
    ],
  },
  {
    about: 'what a ledger without Init has to refuse',
    empty: true,
    before: [],
    refused: [
      refused('LEDGER_NOT_INITIALISED', importer, 'OpenShipment', shipmentInput()),
      refused('LEDGER_NOT_INITIALISED', importer, 'GetLedger'),
    ],
  },
  {
    about: 'a second Init, an act of nobody, and a record of a newer build',
    before: [
      given(importer, 'OpenShipment', shipmentInput()),
      { key: `shipment/${testUcr}`, value: { v: 99 } },
    ],
    refused: [
      refused('LEDGER_INITIALISED', customsAdmin, 'Init', { ledger: 'cd'.repeat(32), roles: defaultRoles }),
      refused('NOT_A_PARTY', portAdmin, 'OpenShipment', shipmentInput()),
      refused('STATE_FORMAT_NEWER', importer, 'GetShipment', { ucr: testUcr }),
    ],
  },
];
