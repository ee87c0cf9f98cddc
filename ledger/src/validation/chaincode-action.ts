import { decode } from '../codec/index.js';
import { recover } from '../errors.js';
import {
  ChaincodeAction,
  ChaincodeEvent,
  ChaincodeHeaderExtension,
  TxValidationCode,
} from '../proto/index.js';
import { readReadWriteSet } from '../rwset/index.js';
import { isRefusal, refuse } from './refusal.js';
import type { EndorserTransaction } from '../block/index.js';
import type { ChaincodeID } from '../proto/index.js';
import type { ReadWriteSet } from '../rwset/index.js';
import type { Refusal } from './refusal.js';
import type { SignedAction } from './well-formed.js';

/** What the endorsers say the chaincode did. */
export interface ActionReading {
  /** The chaincode that the proposal called. */
  readonly chaincode: string;
  readonly transaction: EndorserTransaction;
  readonly sets: ReadWriteSet;
}

/**
 * Looks into an endorsed action, in the peer's order (Fabric: core/committer/txvalidator/v20/plugindispatcher/dispatcher.go,
 * Dispatch): header extension, action, read-write set, chaincode name and version, event, namespaces.
 */
export function readAction(extension: Uint8Array, action: SignedAction): ActionReading | Refusal {
  const called = read(ChaincodeHeaderExtension, extension, TxValidationCode.BAD_HEADER_EXTENSION);
  if (isRefusal(called)) return called;
  if (action.responsePayload.extension.length === 0) {
    return refuse(TxValidationCode.BAD_RESPONSE_PAYLOAD, 'the endorsed response holds no action');
  }
  const chaincodeAction = read(
    ChaincodeAction,
    action.responsePayload.extension,
    TxValidationCode.BAD_RESPONSE_PAYLOAD,
  );
  if (isRefusal(chaincodeAction)) return chaincodeAction;
  const sets = attempt(() => readReadWriteSet(chaincodeAction.results), TxValidationCode.BAD_RWSET);
  if (isRefusal(sets)) return sets;
  const refusal =
    checkName(called.chaincodeId, chaincodeAction.chaincodeId) ??
    checkEvent(chaincodeAction) ??
    checkNamespaces(sets);
  if (refusal !== undefined) return refusal;
  const chaincode = called.chaincodeId?.name ?? '';
  return { chaincode, transaction: { ...action, chaincodeAction }, sets };
}

function read<D extends object>(
  type: Parameters<typeof decode<D>>[0],
  bytes: Uint8Array,
  code: number,
): D | Refusal {
  return attempt(() => decode(type, bytes), code);
}

function attempt<T>(reading: () => T, code: number): T | Refusal {
  return recover<T, Refusal>(reading, (error) => refuse(code, error.message));
}

/** Both sides must name the same chaincode; the version only has to be there, nobody compares it. */
function checkName(called: ChaincodeID | undefined, ran: ChaincodeID | undefined): Refusal | undefined {
  if (called === undefined || ran === undefined) {
    return refuse(TxValidationCode.INVALID_OTHER_REASON, 'proposal or action name no chaincode');
  }
  const bad = (reason: string): Refusal => refuse(TxValidationCode.INVALID_CHAINCODE, reason);
  if (called.name === '') return bad('the proposal names no chaincode');
  if (called.name !== ran.name) return bad(`the proposal called ${called.name}, the action is ${ran.name}'s`);
  if (ran.version === '') return bad('the action names no chaincode version');
  return undefined;
}

function checkEvent({ events, chaincodeId }: ChaincodeAction): Refusal | undefined {
  if (events.length === 0) return undefined;
  const event = read(ChaincodeEvent, events, TxValidationCode.INVALID_OTHER_REASON);
  if (isRefusal(event)) return event;
  if (event.chaincodeId === chaincodeId?.name) return undefined;
  return refuse(
    TxValidationCode.INVALID_OTHER_REASON,
    `an event of chaincode ${JSON.stringify(event.chaincodeId)}`,
  );
}

function checkNamespaces(sets: ReadWriteSet): Refusal | undefined {
  const seen = new Set<string>();
  for (const { namespace } of sets) {
    if (seen.has(namespace)) {
      return refuse(
        TxValidationCode.ILLEGAL_WRITESET,
        `namespace ${JSON.stringify(namespace)} stands there twice`,
      );
    }
    seen.add(namespace);
  }
  return undefined;
}
