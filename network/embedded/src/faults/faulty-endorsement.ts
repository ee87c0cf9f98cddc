import { ChaincodeAction, decode, encode, ProposalResponsePayload } from '@passage/ledger';

/** The answer of a peer whose chaincode came to another one: its message differs, and so do the bytes that it signs. */
export function differingAnswer(payload: Uint8Array): Uint8Array {
  const { extension, ...rest } = decode(ProposalResponsePayload, payload);
  const action = decode(ChaincodeAction, extension);
  const response = { ...action.response, message: 'a fault made this peer answer differently' };
  return encode(ProposalResponsePayload, {
    ...rest,
    extension: encode(ChaincodeAction, { ...action, response }),
  });
}
