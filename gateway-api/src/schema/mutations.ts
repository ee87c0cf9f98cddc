import type { StatementResult } from '@passage/domain';

import { gatewayError } from '../errors.js';
import type { Receipt } from '../submission/commands.js';
import { deviceAtPeer } from '../submission/statement-check.js';
import { act, text } from './act.js';
import { alertMutations } from './alert-resolvers.js';
import { actingParty, adminActor, partyActor } from './acting.js';
import type { GatewayContext } from './context.js';
import { deviceNode, equivocationNode } from './device-nodes.js';
import { mandateNode, partyNode } from './party-nodes.js';
import { shipmentNode } from './shipment-nodes.js';
import { consolidationMutations } from './consolidation-resolvers.js';
import { correctionMutations } from './correction-resolvers.js';
import { customsMutations } from './customs-resolvers.js';
import { originMutations } from './origin-resolvers.js';
import { declarationMutations } from './declaration-resolvers.js';
import { disputeMutations } from './dispute-resolvers.js';
import { documentMutations } from './document-resolvers.js';
import { handoverMutations } from './handover-resolvers.js';
import { inspectionMutations } from './inspection-resolvers.js';
import { riskMutations } from './risk-resolvers.js';
import { parameterMutations } from './parameter-resolvers.js';
import { sealMutations } from './seal-resolvers.js';
import { openingMutations } from './openings.js';
import { ownKeyMutations } from './own-key-resolvers.js';
import type { Node } from './recorded.js';
import { webhookMutations } from './webhook-resolvers.js';

/** The most statements that one request may bring. */
const MOST_STATEMENTS = 1_000;

async function registeredParty({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.parties.party(text(result.partyId));
  return { party: row && partyNode(context, row) };
}

async function mandate({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const { mandator, mandatary, mandate: id } = result;
  const row = await context.reader.parties.mandate(text(mandator), text(mandatary), text(id));
  return { mandate: row && mandateNode(context, row) };
}

async function device({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.devices.device(text(result.kid));
  return { device: row && deviceNode(context, row) };
}

async function equivocation({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const kid = text(result.kid);
  const proof = await context.reader.devices.equivocation(kid, Number(result.seq));
  const row = await context.reader.devices.device(kid);
  return {
    equivocation: proof && equivocationNode(context, proof),
    device: row && deviceNode(context, row),
  };
}

function lateEvidence({ result }: Receipt): Promise<Node> {
  const results = result.results as readonly StatementResult[];
  const statements = results.map(({ statementId, status }, index) => ({
    index,
    id: statementId,
    duplicate: status === 'duplicate',
  }));
  return Promise.resolve({ statements });
}

async function shipment({ result }: Receipt, context: GatewayContext): Promise<Node> {
  const row = await context.reader.shipments.shipment(text(result.ucr));
  return { shipment: row && shipmentNode(context, row) };
}

/** The shipment that was split, and its parts in the order of the input. */
async function split(receipt: Receipt, context: GatewayContext): Promise<Node> {
  const ucrs = receipt.result.into as readonly string[];
  const rows = await Promise.all(ucrs.map((ucr) => context.reader.shipments.shipment(ucr)));
  const parts = rows.flatMap((row) => (row ? [shipmentNode(context, row)] : []));
  return { ...(await shipment(receipt, context)), parts };
}

const recordStatements = async (
  _: unknown,
  { input }: { readonly input: { readonly requestId: string; readonly statements: readonly string[] } },
  context: GatewayContext,
): Promise<Node> => {
  const { requestId, statements } = input;
  if (statements.length === 0 || statements.length > MOST_STATEMENTS) {
    throw gatewayError(
      'BAD_ARGUMENT',
      `one request brings 1 to ${String(MOST_STATEMENTS)} statements, not ${String(statements.length)}`,
      {
        next: 'Send them in several requests.',
      },
    );
  }
  const { ledger, ...who } = actingParty(context);
  const freshDevice = (kid: string) =>
    deviceAtPeer(async () =>
      context.ledger.evaluate('GetDevice', JSON.stringify({ kid }), await context.identities.party(who)),
    );
  const { accepted, refused } = await context.door.take(statements, who, ledger, freshDevice);
  return {
    requestId,
    accepted,
    refused: refused.map(({ statementId, ...r }) => ({ ...r, id: statementId })),
  };
};

/** Resolvers of `Mutation`: one for each act of the chaincode but Init, which the customs gateway does by itself. */
export const mutations = {
  registerParty: act('RegisterParty', adminActor, registeredParty),
  updateParty: act('UpdateParty', adminActor, registeredParty),
  decideAeo: act('DecideAeo', partyActor, registeredParty),
  grantMandate: act('GrantMandate', partyActor, mandate),
  withdrawMandate: act('WithdrawMandate', partyActor, mandate),
  registerDevice: act('RegisterDevice', partyActor, device),
  suspendDevice: act('SuspendDevice', partyActor, device),
  resumeDevice: act('ResumeDevice', partyActor, device),
  rotateDevice: act('RotateDevice', partyActor, device),
  startEpoch: act('StartEpoch', partyActor, device),
  revokeDevice: act('RevokeDevice', partyActor, device),
  confirmCompromise: act('ConfirmCompromise', partyActor, device),
  recordCalibration: act('RecordCalibration', partyActor, device),
  nameDevices: act('NameDevices', partyActor, device),
  openShipment: act('OpenShipment', partyActor, shipment),
  splitShipment: act('SplitShipment', partyActor, split),
  mergeShipments: act('MergeShipments', partyActor, shipment),
  nameParty: act('NameParty', partyActor, shipment),
  recordStatements,
  fileLateEvidence: act('FileLateEvidence', partyActor, lateEvidence),
  ...consolidationMutations,
  ...correctionMutations,
  ...customsMutations,
  ...parameterMutations,
  ...declarationMutations,
  ...riskMutations,
  ...inspectionMutations,
  ...disputeMutations,
  ...documentMutations,
  ...handoverMutations,
  ...originMutations,
  ...sealMutations,
  ...openingMutations,
  ...ownKeyMutations,
  ...webhookMutations,
  ...alertMutations,
  fileEquivocation: act('FileEquivocation', partyActor, equivocation),
};
