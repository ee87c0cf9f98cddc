import { setTimeout as sleep } from 'node:timers/promises';

import { GatewayError } from '@hyperledger/fabric-gateway';
import { gateway as gatewayMessages } from '@hyperledger/fabric-protos';
import { decodeContractError } from '@passage/domain';
import type { Play } from '@passage/domain/testing';
import { readEndorserTransaction, readEnvelope, readReadWriteSet } from '@passage/ledger';

import type { Call, Endorsed, Stage } from '../stage.js';
import type { Players } from './players.js';

/** What a transaction came to on a network. */
export interface Came {
  /** The code of its refusal. */
  readonly refused: string | undefined;
  /** The public keys that it wrote, in order. */
  readonly written: readonly string[];
}

/** Plays one transaction of a scenario through Fabric's client at the party's own peer, and commits what writes anything. */
export async function playScene(stage: Stage, players: Players, step: string, scene: Play): Promise<Came> {
  const { caller, name, input, openings, seenBy } = scene;
  const { name: at } = players.organizationOf(caller);
  const call: Call = {
    name,
    args: [JSON.stringify(input)],
    at,
    as: await players.signer(caller),
    ...(openings !== undefined && { transient: { openings: JSON.stringify(openings) } }),
    ...(seenBy !== undefined && { mspIds: seenBy }),
  };
  try {
    if (name.startsWith('Get')) {
      await stage.proposal(step, call).evaluate();
      return { refused: undefined, written: [] };
    }
    const endorsed = await endorse(stage, step, call);
    const { written, writesAnything } = writeSet(endorsed, stage.network.chaincode);
    if (writesAnything) await commit(stage, endorsed);
    return { refused: undefined, written };
  } catch (error) {
    return { refused: refusalCode(error), written: [] };
  }
}

/** On a busy machine a peer loses sight of another for a moment, and finds no plan: so it is asked again. */
async function endorse(stage: Stage, step: string, call: Call): Promise<Endorsed> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await stage.endorse(step, call);
    } catch (error) {
      const isLost = error instanceof GatewayError && error.message.includes('no combination of peers');
      if (!isLost || tries === 20) throw error;
      await sleep(500);
    }
  }
}

async function commit(stage: Stage, endorsed: Endorsed): Promise<void> {
  const { outcome } = await stage.send(endorsed);
  const { code } = outcome as { readonly code: string };
  if (!code.startsWith('0 ')) throw new Error(`${endorsed.step} is ${code}`);
}

function writeSet(
  { transaction }: Endorsed,
  chaincode: string,
): { readonly written: readonly string[]; readonly writesAnything: boolean } {
  const prepared = gatewayMessages.PreparedTransaction.deserializeBinary(transaction.getBytes());
  const { payload } = readEnvelope(prepared.getEnvelope()?.serializeBinary() ?? new Uint8Array());
  const { results } = readEndorserTransaction(payload?.data ?? new Uint8Array()).chaincodeAction;
  const sets = readReadWriteSet(results).filter(({ namespace }) => namespace === chaincode);
  const written = sets.flatMap(({ writes }) => writes.map(({ key }) => key));
  const isPrivate = sets.some(({ collections }) => collections.some(({ writes }) => writes.length > 0));
  return { written, writesAnything: written.length > 0 || isPrivate };
}

/** The code that every endorser gave; what is no refusal of the contract goes on. */
function refusalCode(error: unknown): string {
  if (!(error instanceof GatewayError)) throw error;
  const texts = [error.message, ...error.details.map(({ message }) => message)];
  const codes = new Set(texts.flatMap((text) => decodeContractError(text)?.code ?? []));
  const [code, ...others] = codes;
  if (code === undefined || others.length > 0) throw error;
  return code;
}
