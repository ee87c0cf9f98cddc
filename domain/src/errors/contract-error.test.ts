import { expect } from 'chai';
import fc from 'fast-check';
import type { JsonObject } from '../json/value.js';
import { errorRules, type ErrorCode } from './codes.js';
import { decodeContractError, encodeContractError } from './contract-error.js';
import { PassageError } from './passage-error.js';

const code = fc.constantFrom(...(Object.keys(errorRules) as ErrorCode[]));
const details = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((object) => JSON.parse(JSON.stringify(object)) as JsonObject);
/** Sentences that look as much like our own format as they can. */
const sentence = fc
  .array(
    fc.oneof(
      fc.constantFrom(' {', '}', '{}', '"', ' {"a":', '\\', ',', 'NOT_OWNER: ', ' {"a":1}'),
      fc.string(),
    ),
  )
  .map((parts) => parts.join('').toWellFormed());

describe('contract errors', () => {
  it('are one line of code, sentence and JSON', () => {
    const error = new PassageError('NOT_CUSTODIAN', 'Only P1 may offer it', { custodian: 'P1' });
    expect(encodeContractError(error)).to.equal('NOT_CUSTODIAN: Only P1 may offer it {"custodian":"P1"}');
  });

  it('come back as they were, whatever the sentence holds', () => {
    fc.assert(
      fc.property(code, sentence, details, (name, message, extra) => {
        const decoded = decodeContractError(encodeContractError(new PassageError(name, message, extra)));
        expect(decoded).to.include({ code: name, message });
        expect(decoded?.details).to.deep.equal(extra);
      }),
      { numRuns: 500 },
    );
  });

  it('are found behind what peer and gateway put in front of them', () => {
    const text = '10 ABORTED: peer0: chaincode response 500, HANDOVER_OPEN: One is open {"open":2}';
    const decoded = decodeContractError(text);
    expect(decoded).to.include({ code: 'HANDOVER_OPEN', message: 'One is open', family: 'conflict' });
    expect(decoded?.details).to.deep.equal({ open: 2 });
  });

  it('are read without details where there are none', () => {
    const decoded = decodeContractError('NOT_ADMIN: Only an admin may {register');
    expect(decoded).to.include({ code: 'NOT_ADMIN', message: 'Only an admin may {register' });
    expect(decoded?.details).to.deep.equal({});
  });

  it('are not found in a text without one of our codes', () => {
    for (const text of ['', 'UNKNOWN_CODE: x {}', 'XNOT_ADMIN: x', 'not_admin: x', 'toString: x {}']) {
      expect(decodeContractError(text), text).to.equal(undefined);
    }
  });

  it('are read in short time from a hostile text, then without details', () => {
    const text = ' {"a":'.repeat(20_000) + '}';
    expect(decodeContractError(`NOT_OWNER: x${text}`)?.details).to.deep.equal({});
  });

  it('never throw while a text from a peer is read', () => {
    fc.assert(
      fc.property(fc.oneof(sentence, fc.string()), (text) => void decodeContractError(`NOT_OWNER: ${text}`)),
    );
  });
});
