import { describeEvent, signedFor } from '@passage/domain';
import type { JsonObject } from '@passage/domain';

import { recordedPayload } from '../index/recorded-payload.js';
import type { EventRow } from '../index/shipment-reader.js';
import { correctionBy, correctionsOf } from './correction-resolvers.js';
import { holdOf } from './customs-resolvers.js';
import { calibrationOf, deviceNode } from './device-nodes.js';
import { disputesOfEvent } from './dispute-resolvers.js';
import { flagsOf, standingOfRow } from './fact-flags.js';
import { handoverOf } from './handover-nodes.js';
import { inspectionOf } from './inspection-resolvers.js';
import { eventId, placeNode } from './place-nodes.js';
import { act, statementVerification, verification } from './recorded.js';
import type { Node, Services } from './recorded.js';

export function eventNode(services: Services, row: EventRow): Node {
  const common = {
    id: eventId(row),
    recordedAt: row.recorded_at,
    place: placeNode(services, row),
    flags: () => flagsOf(services, row),
    ...disputesOfEvent(services, row),
  };
  if (row.kind === 'observation') return { ...common, ...observation(services, row) };
  if (row.kind === 'error_declared') return { ...common, ...errorDeclared(services, row) };
  const byAct = {
    ...common,
    act: () => act(services, row),
    verification: () => verification(services, row),
  };
  if (row.kind === 'shipment_opened')
    return { __typename: 'ShipmentOpened', ...byAct, custodian: row.custodian };
  if (row.kind === 'customs_decision') {
    const { ucr, decision, hold, inspection } = row;
    return {
      __typename: 'CustomsDecision',
      ...byAct,
      decision,
      hold: () => (hold === null ? undefined : holdOf(services, ucr, hold)),
      inspection: () => (inspection === null ? undefined : inspectionOf(services, ucr, inspection)),
    };
  }
  return {
    __typename: 'HandoverStep',
    ...byAct,
    step: row.kind.slice('handover_'.length),
    handover: () => handoverOf(services, row.ucr, row.handover ?? 0),
  };
}

/** An observation; its payload is read from the signed bytes if it is asked for, what the index has of it from there. */
function observation(services: Services, row: EventRow): Node {
  const { kid, seq } = row;
  const jws = row.jws ?? '';
  let payload: JsonObject | undefined;
  const event = () => (payload ??= recordedPayload(jws));
  return {
    __typename: 'Observation',
    statementId: row.statement_id,
    seq,
    jws,
    device: async () => {
      const device = await services.reader.devices.device(kid ?? '');
      return device && deviceNode(services, device);
    },
    payload: event,
    eventTime: row.event_time === '' ? undefined : row.event_time,
    type: row.event_type,
    bizStep: row.biz_step,
    disposition: row.disposition,
    signedFor: () => signedFor(event()),
    calibration: () => calibrationOf(services, kid ?? '', describeEvent(event()).eventTime),
    late: row.late === 1,
    ...correctionsOf(services, row.statement_id ?? ''),
    standing: async () => {
      const found = await standingOfRow(services, row);
      return found && { word: found.standing.standing, ...found.standing, witnesses: found.witnesses };
    },
    verification: () => statementVerification(services, row),
  };
}

/** That a device's owner declared an earlier statement in error. */
function errorDeclared(services: Services, row: EventRow): Node {
  const { kid, seq } = row;
  const jws = row.jws ?? '';
  return {
    __typename: 'ErrorDeclared',
    statementId: row.statement_id,
    seq,
    jws,
    device: async () => {
      const device = await services.reader.devices.device(kid ?? '');
      return device && deviceNode(services, device);
    },
    payload: () => recordedPayload(jws),
    signedFor: () => signedFor(recordedPayload(jws)),
    correction: () => correctionBy(services, row.statement_id ?? ''),
    act: () => act(services, row),
    verification: () => statementVerification(services, row),
  };
}
