import { status } from '@grpc/grpc-js';

import type { EndpointError } from '../grpc/rpc-error.js';
import type { Organization } from '../network.js';
import { ProposalError } from '../endorser/proposal-error.js';
import type { ProposalRound, Reply } from '../endorser/round.js';

/** How the gateway reads a peer's answer (F:internal/pkg/gateway/apiutils.go, responseStatus). */
export type Verdict =
  | { readonly ok: true; readonly reply: Reply }
  | {
      readonly ok: false;
      readonly code: status;
      readonly message: string;
      /** Whether another peer might answer better. */
      readonly retry: boolean;
    };

/**
 * Has one peer process the proposal for the gateway of `own` and judges its answer. What another peer does not run comes over
 * the wire, and says so.
 */
export async function ask(
  round: ProposalRound,
  organization: Organization,
  own: Organization,
): Promise<Verdict> {
  try {
    return judge(await round.process(organization));
  } catch (error) {
    if (!(error instanceof ProposalError)) throw error;
    const { stage } = error;
    const message =
      organization === own ? error.message : `rpc error: code = Unknown desc = ${error.message}`;
    if (stage === 'filter') return { ok: false, code: status.UNAVAILABLE, message, retry: true };
    return { ok: false, code: status.FAILED_PRECONDITION, message, retry: false };
  }
}

function judge(reply: Reply): Verdict {
  const { status: code, message } = reply.response;
  if (code >= 200 && code < 400) return { ok: true, reply };
  if (code === 500 && reply.payload.length === 0) {
    return { ok: false, code: status.ABORTED, message, retry: true };
  }
  const sentence = `chaincode response ${code}, ${message}`;
  return { ok: false, code: status.UNKNOWN, message: sentence, retry: false };
}

/** An endpoint's words about itself, for the details of an error. */
export function peerError({ ports, mspId }: Organization, message: string): EndpointError {
  return { address: `localhost:${ports.peer}`, mspId, message };
}
