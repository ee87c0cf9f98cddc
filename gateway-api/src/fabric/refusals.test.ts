import { status } from '@grpc/grpc-js';
import { EndorseError, GatewayError } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';

import { isFinalOrdererRefusal, refusalOfPeers } from './refusals.js';

const detail = (mspId: string, message: string) => ({ mspId, address: `${mspId}:1`, message });
const cause = Object.assign(new Error('x'), { code: 10, details: '', metadata: undefined }) as never;
const failed = (code: number, ...messages: string[]) =>
  new EndorseError({
    code,
    cause,
    transactionId: 'tx',
    message: `${String(code)} failed`,
    details: messages.map((m, i) => detail(`MSP${String(i)}`, m)),
  });

describe('refusalOfPeers', () => {
  it("reads the rules' code behind what peers put before it, and keeps every answer", () => {
    const answer = 'chaincode response 500, NOT_CUSTODIAN: Only C may offer {"custodian":"C"}';
    const refusal = refusalOfPeers(failed(status.ABORTED, answer, answer));
    expect(refusal.code).to.equal('NOT_CUSTODIAN');
    expect(refusal.message).to.equal('Only C may offer');
    expect(refusal.facts).to.deep.include({
      retryable: false,
      transactionId: 'tx',
      details: { custodian: 'C' },
    });
    expect(refusal.facts.endorsers).to.have.length(2);
  });

  it('names a disagreement of endorsers for what it is', () => {
    const mismatch = refusalOfPeers(failed(status.ABORTED, 'ProposalResponsePayloads do not match'));
    expect(mismatch).to.include({ code: 'ENDORSEMENT_MISMATCH' });
    const mixed = refusalOfPeers(
      failed(
        status.ABORTED,
        'chaincode response 500, NOT_OWNER: a {}',
        'chaincode response 500, KEY_UNKNOWN: b {}',
      ),
    );
    expect(mixed.code).to.equal('ENDORSEMENT_MISMATCH');
    expect(mixed.facts.retryable).to.equal(true);
  });

  it('calls what passes unavailable, so that the same request is sent again', () => {
    for (const error of [
      failed(status.UNAVAILABLE),
      failed(status.DEADLINE_EXCEEDED),
      failed(status.FAILED_PRECONDITION, 'no combination of peers can be derived'),
      failed(status.ABORTED, 'could not launch chaincode passage'),
      new GatewayError({
        code: 2,
        details: [],
        cause,
        message: 'too many requests, exceeding concurrency limit (500)',
      }),
      new Error('socket closed'),
    ]) {
      expect(refusalOfPeers(error))
        .to.include({ code: 'LEDGER_UNAVAILABLE' })
        .with.nested.property('facts.retryable', true);
    }
  });

  it('calls any other refusal by its own name', () => {
    const refusal = refusalOfPeers(failed(status.ABORTED, 'access denied: channel [c] creator org [O]'));
    expect(refusal).to.include({ code: 'LEDGER_REFUSED' });
    expect(refusal.facts.retryable).to.equal(undefined);
  });
});

describe('isFinalOrdererRefusal', () => {
  const submit = (...messages: string[]) =>
    new GatewayError({ code: 14, cause, message: 'x', details: messages.map((m) => detail('M', m)) });

  it('is so only when every orderer said that it will never take the bytes', () => {
    const no = 'received unsuccessful response from orderer: status=FORBIDDEN, info=no';
    const later = 'received unsuccessful response from orderer: status=SERVICE_UNAVAILABLE, info=no leader';
    expect(isFinalOrdererRefusal(submit(no, no))).to.equal(true);
    expect(isFinalOrdererRefusal(submit(no, later))).to.equal(false);
    expect(isFinalOrdererRefusal(submit())).to.equal(false);
    expect(isFinalOrdererRefusal(new Error(no))).to.equal(false);
  });
});
