import type { Network } from './administrator.js';
import type { ProgramResult } from './run-program.js';
import type { Organization } from './topology.js';

/** How long one orderer has to get an envelope into a block; four of them fit into the 90 s of a step (network/control, start.ts). */
export const ORDERING_SECONDS = 15;

/**
 * What Fabric's command line says when it is the orderer that failed: it was not reached, did not take the envelope, or took it and no
 * block came (F:internal/peer/common, ordererclient.go and broadcastclient.go; F:internal/peer/chaincode/common.go).
 */
const ORDERER_FAILED =
  /orderer client failed|broadcast client|failed to send transaction|unexpected status|timed out waiting for txid|receiving from deliver filtered|made no block|^Error: (EOF|rpc error|could not send)/m;

/** The founders' orderers, in the fixed order, but our own first: a follower hands an envelope to its leader only after a second. */
export function orderersOf({ organizations, own }: Network): readonly Organization[] {
  const founders = organizations.filter(({ isFounder, orders }) => isFounder && orders);
  const isOurs = ({ name }: Organization): boolean => own.some((one) => one.name === name);
  return [...founders.filter(isOurs), ...founders.filter((one) => !isOurs(one))];
}

/** The arguments by which Fabric's command line finds an organisation's orderer. */
export function ordererArgs({ paths }: Network, { name, host, port }: Organization): readonly string[] {
  return ['--orderer', `${host}:${port.orderer}`, '--tls', '--cafile', paths.organization(name).tlsCaCert];
}

/**
 * Sends by one orderer after the other, until a block has it.
 *
 * Fabric's command line sends to a single orderer, and of BFT orderers a single one may hold what it took: started again, it
 * believes that it leads the view in which it stopped, proposes in vain, then complains of the new leader alone, and until
 * that has timed out hands nothing on (SB:internal/bft, controller.go and viewchanger.go; F's peers send to all, submit.go). What it
 * holds may still be ordered later, so that sending must be safe to do twice, and what came of the first is looked at before the next.
 *
 * @param send sends by this orderer and waits for the block
 * @param isDone whether the channel shows what was to be done, by whichever orderer it went
 * @returns the result by which it was done, or the failure that no other orderer could mend
 */
export async function throughOrderers<Orderer>(
  orderers: readonly Orderer[],
  send: (orderer: Orderer) => Promise<ProgramResult>,
  isDone: () => Promise<boolean>,
): Promise<ProgramResult> {
  let failure: ProgramResult | undefined;
  for (const orderer of orderers) {
    const result = await send(orderer);
    if (result.ok) return result;
    const hasOrdererFailed = ORDERER_FAILED.test(result.stderr);
    // A peer's first refusal stands; a later one may only say that an earlier copy was there before.
    const mayBeDone = hasOrdererFailed || failure !== undefined;
    if (mayBeDone && (await isDone())) return { ...result, ok: true };
    if (!hasOrdererFailed) return result;
    failure = result;
  }
  if (failure === undefined) throw new TypeError('a channel without orderers');
  return failure;
}
