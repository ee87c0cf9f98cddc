import { actingParty } from './acting.js';
import type { GatewayContext } from './context.js';
import type { Node } from './recorded.js';
import type { OwnKeyCaller } from '../own-key/own-key-acts.js';

/*
 * The doors by which a party signs with a key of its own: two messages, each looked at and signed by its client. Any act goes
 * through them; what it wrote is read by the queries.
 */

export interface ProposeActInput {
  readonly command: string;
  readonly argument: string;
  readonly certificate: string;
  readonly transient?: readonly { readonly name: string; readonly value: string }[] | null;
}

function ownKeyCaller(context: GatewayContext): OwnKeyCaller {
  const { party, role } = actingParty(context);
  return { party, role, mspId: context.organization.mspId };
}

const bytes = (base64: string): Uint8Array => Buffer.from(base64, 'base64');
const base64 = (some: Uint8Array): string => Buffer.from(some).toString('base64');

function proposeAct(
  _: unknown,
  { input }: { readonly input: ProposeActInput },
  context: GatewayContext,
): Node {
  const transient = new Map((input.transient ?? []).map(({ name, value }) => [name, bytes(value)]));
  const { proposal, expiresAt } = context.ownKeyActs.propose(input, transient, ownKeyCaller(context));
  return { proposal: base64(proposal), expiresAt: expiresAt.toISOString() };
}

async function endorseAct(
  _: unknown,
  { input }: { readonly input: { readonly proposal: string; readonly signature: string } },
  context: GatewayContext,
): Promise<Node> {
  const { proposal, signature } = input;
  const endorsed = await context.ownKeyActs.endorse(bytes(proposal), bytes(signature), ownKeyCaller(context));
  return 'receipt' in endorsed ? endorsed : { ...endorsed, transaction: base64(endorsed.transaction) };
}

async function submitAct(
  _: unknown,
  { input }: { readonly input: { readonly transaction: string; readonly signature: string } },
  context: GatewayContext,
): Promise<Node> {
  const { transaction, signature } = input;
  return {
    receipt: await context.ownKeyActs.submit(bytes(transaction), bytes(signature), ownKeyCaller(context)),
  };
}

/** None of them is an act of the chaincode: they carry any. */
export const ownKeyMutations = { proposeAct, endorseAct, submitAct };
