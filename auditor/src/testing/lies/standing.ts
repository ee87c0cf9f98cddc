import { defaultRoles, keys } from '@passage/domain';
import { adminCaller, partyCaller, shipmentInput } from '@passage/domain/testing';
import type { JsonObject } from '@passage/domain';
import type { Told } from '@passage/evidence/testing';
import { change, importer, officer, seller, told, ucr } from './story.js';
import type { Lie } from './lie.js';

const broker = partyCaller('BROKER1');
const grants = (until: string, requestId = 'GrantMandate-1'): Told =>
  told(importer, 'GrantMandate', { mandatary: 'BROKER1', scope: ['OpenShipment'], until, requestId });
const nextYear = '2027-01-01T00:00:00.000Z';
const onBehalfOf = { party: 'IMPORTER1', mandate: 'GrantMandate-1' };

/** The broker opens a consignment in the importer's name, whatever has become of the mandate. */
const opensByMandate = (lying?: JsonObject): Told =>
  told(
    broker,
    'OpenShipment',
    { ...shipmentInput({ ucr }), onBehalfOf },
    {
      byHand: true,
      forge: change(keys.shipment(ucr), { v: 1, ...lying }),
    },
  );

/** By whom acts are done that the registry gives nobody the standing for. */
export const standing: readonly Lie[] = [
  {
    what: 'the ledger is begun anew under other roles',
    story: (ledger) => [
      {
        caller: adminCaller('CustomsMSP'),
        name: 'Init',
        input: { ledger, roles: defaultRoles },
        byHand: true,
        forge: change(keys.ledger, { v: 1, ledger, roles: { ...defaultRoles, exporter: ['PortMSP'] } }),
      },
    ],
    check: 'act',
    expected: /ledger is written once/,
    found: /it was written again/,
  },
  {
    what: 'a mandate is used that was withdrawn',
    story: () => [
      grants(nextYear),
      told(importer, 'WithdrawMandate', { mandatary: 'BROKER1', mandate: 'GrantMandate-1' }),
      opensByMandate(),
    ],
    check: 'act',
    expected: /a party that may send OpenShipment/,
    found: /MANDATE_ENDED/,
  },
  {
    what: 'a mandate is used that has expired',
    story: () => [grants('2026-01-01T00:00:15.000Z'), grants(nextYear, 'another'), opensByMandate()],
    check: 'act',
    expected: /a party that may send OpenShipment/,
    found: /MANDATE_ENDED/,
  },
  {
    what: 'a party acts in a role that was taken from it',
    story: () => [
      told(adminCaller('BusinessMSP'), 'UpdateParty', {
        partyId: 'SELLER1',
        name: 'Company SELLER1',
        roles: ['importer'],
      }),
      told(seller, 'RegisterLot', {}, { byHand: true, forge: change(keys.lot('SELLER1:L'), { v: 1 }) }),
    ],
    check: 'act',
    expected: /a party that may send RegisterLot/,
    found: /ROLE_NOT_HELD/,
  },
  {
    what: 'an act is remembered as another party’s',
    story: () => [
      told(
        officer,
        'DecideAeo',
        { partyId: 'SELLER1', status: 'given', reason: 'audit' },
        {
          forge: ({ records }) => {
            const own = keys.request('OFFICER1', 'DecideAeo-1');
            records.set(keys.request('OFFICER2', 'DecideAeo-1'), records.get(own));
            records.delete(own);
          },
        },
      ),
    ],
    check: 'act',
    expected: /the request of DecideAeo by OFFICER1/,
    found: /request\/OFFICER2/,
  },
];
