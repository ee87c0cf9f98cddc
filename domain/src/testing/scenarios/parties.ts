import { keys } from '../../state/keys.js';
import { adminCaller, shipmentInput } from '../cast.js';
import { broker, carrier, importer, officer, seller } from './people.js';
import { answers, does, refuses, type Scenario } from './scenario.js';

export const partyScenarios: readonly Scenario[] = [
  {
    title: "a party's record is kept by its own organisation, its standing as a trusted trader by customs",
    scenes: ({ id }) => {
      const partyId = id('P');
      const input = { requestId: id('1'), partyId, name: 'Müller & Söhne', roles: ['warehouse'] };
      const update = { requestId: id('2'), partyId, name: 'Şirket İ', identifiers: { gln: '4012345000009' } };
      const given = { requestId: id('3'), partyId, status: 'given', reason: 'audit' };
      const business = adminCaller('BusinessMSP');
      return [
        does(business, 'RegisterParty', input, [keys.party(partyId)]),
        refuses(business, 'RegisterParty', { ...input, requestId: id('4') }, 'PARTY_EXISTS'),
        refuses(adminCaller('PortMSP'), 'UpdateParty', { ...update, requestId: id('5') }, 'MSP_MISMATCH'),
        does(business, 'UpdateParty', update, [keys.party(partyId)]),
        refuses(importer, 'DecideAeo', given, 'ROLE_NOT_HELD'),
        does(officer, 'DecideAeo', given, [keys.aeo(partyId), keys.guard('CustomsMSP')]),
        refuses(officer, 'DecideAeo', { ...given, requestId: id('6') }, 'AEO_STATUS'),
      ];
    },
  },
  {
    title: 'a broker acts under a mandate, within its limits, until it is withdrawn',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const mandate = id('grant');
      const about = { mandatary: 'BROKER1' };
      const onBehalfOf = { mandate, party: 'IMPORTER1' };
      const opens = (requestId: string, ucr: string) => ({
        ...shipmentInput({ ucr, onBehalfOf }),
        requestId: id(requestId),
      });
      const grant = { requestId: mandate, ...about, until: setting.inDays(90), scope: ['OpenShipment'] };
      const key = keys.mandate('IMPORTER1', 'BROKER1', mandate);
      const opened = [keys.shipment(ucr), keys.custody(ucr), keys.customs(ucr), keys.guard('CustomsMSP')];
      const names = { requestId: id('n'), ucr, partyId: 'TERMINAL1', role: 'terminal_operator', onBehalfOf };
      return [
        refuses(broker, 'OpenShipment', opens('0', ucr), 'MANDATE_UNKNOWN'),
        does(importer, 'GrantMandate', { ...grant, ucrPrefix: ucr }, [key]),
        does(broker, 'OpenShipment', opens('1', ucr), opened),
        refuses(broker, 'OpenShipment', opens('2', '6KRIMPORTER1-OTHER'), 'MANDATE_SCOPE'),
        refuses(broker, 'NameParty', names, 'MANDATE_SCOPE'),
        does(importer, 'WithdrawMandate', { requestId: id('w'), ...about, mandate }, [key]),
        refuses(broker, 'OpenShipment', opens('3', `${ucr}B`), 'MANDATE_ENDED'),
      ];
    },
  },
  {
    title: 'consignor, custodian and customs name further parties, and nobody else does',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const naming = (requestId: string, partyId = 'TERMINAL1') => ({
        requestId: id(requestId),
        ucr,
        partyId,
        role: 'terminal_operator',
      });
      return [
        setting.opens(),
        refuses(broker, 'NameParty', naming('1'), 'MAY_NOT_NAME'),
        does(officer, 'NameParty', naming('2'), [keys.naming(ucr, 'TERMINAL1')]),
        refuses(carrier, 'NameParty', naming('3'), 'PARTY_NAMED'),
        refuses(carrier, 'NameParty', naming('4', 'NOBODY'), 'PARTY_UNKNOWN'),
        refuses(seller, 'OpenShipment', { ...shipmentInput({ ucr }), requestId: id('5') }, 'UCR_NOT_YOURS'),
        answers(importer, 'GetNaming', { ucr, partyId: 'TERMINAL1' }),
      ];
    },
  },
  {
    title: 'a request that comes twice happens once',
    scenes: (setting) => {
      const { id, ucr } = setting;
      const opened = setting.opens();
      const { caller, name, input } = opened;
      return [
        opened,
        answers(caller, name, input),
        refuses(caller, name, { ...input, transportMode: '4' }, 'IDEMPOTENCY_CONFLICT'),
        refuses(caller, name, { ...input, requestId: id('again') }, 'SHIPMENT_EXISTS'),
        refuses(caller, name, { ...shipmentInput({ ucr: `${ucr}C`, custodian: 'NOBODY' }) }, 'PARTY_UNKNOWN'),
      ];
    },
  },
];
