import { openedCustoms } from '../../customs/customs-record.js';
import { guard } from '../../customs/customs-word.js';
import { refuseViolations } from '../../errors/violations.js';
import { object } from '../../shape/composites.js';
import { customsMspId } from '../../party/roles.js';
import { partyId, requestId } from '../../shape/fields.js';
import { oneOf } from '../../shape/scalars.js';
import { namedParties, openingViolations } from '../../shipment/open-shipment.js';
import { shipmentFacts, type ShipmentRecord } from '../../shipment/shipment-record.js';
import { keys } from '../../state/keys.js';
import { partyCommand } from '../define.js';
import { openedEntries } from './opened-shipment.js';

type OpenShipmentInput = Omit<ShipmentRecord, 'v' | 'opener' | 'openedAt' | 'parents'> & {
  readonly requestId: string;
  readonly custodian: string;
};

/**
 * A trader opens a consignment under a UCR of its own, and says who is named in it and who has it first. Its standing with
 * the competent customs begins with it, so opening needs customs' endorsement.
 */
export const openShipment = partyCommand<OpenShipmentInput>({
  name: 'OpenShipment',
  roles: ['importer', 'exporter', 'forwarder'],
  writes: ['shipment', 'customs', 'guard', 'custody'],
  input: object<OpenShipmentInput>(
    { requestId, ...shipmentFacts, custodian: partyId },
    { customs: oneOf([customsMspId]) },
  ),
  reads: (input) => [
    keys.shipment(input.ucr),
    keys.customs(input.ucr),
    ...namedParties(input).map(({ partyId }) => keys.party(partyId)),
  ],
  decide(input, { party }, view, { timestamp }) {
    const {
      ucr,
      goods,
      origin,
      departure,
      transportMode,
      parties,
      custodian,
      customs = customsMspId,
    } = input;
    const violations = openingViolations(
      input,
      party.partyId,
      view.get(keys.shipment(ucr)) !== undefined || view.get(keys.customs(ucr)) !== undefined,
      (partyId) => view.get(keys.party(partyId)) !== undefined,
    );
    refuseViolations('The shipment', violations, violations[0]?.code);
    const shipment: ShipmentRecord = {
      v: 1,
      ucr,
      opener: party.partyId,
      goods,
      origin,
      departure,
      transportMode,
      parties,
      customs,
      openedAt: timestamp,
    };
    return {
      writes: [...openedEntries(shipment, openedCustoms(ucr, customs), custodian), guard(customs)],
      result: { ucr, custodian },
    };
  },
});
