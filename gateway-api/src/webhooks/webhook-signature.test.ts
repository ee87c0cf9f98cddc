import { expect } from 'chai';

import { newSecret, signedHeaders } from './webhook-signature.js';

describe('signatures of webhooks', () => {
  it("are those of the specification's example", () => {
    // Standard Webhooks, "Signature scheme": the example of its reference libraries.
    const headers = signedHeaders(
      {
        id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        at: new Date(1614265330_000),
        body: '{"test": 2432232314}',
      },
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
    );
    expect(headers).to.deep.equal({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are made with each secret, and no two secrets are alike', () => {
    const [one, other] = [newSecret(), newSecret()];
    expect(one).not.to.equal(other);
    expect(Buffer.from(one.slice('whsec_'.length), 'base64')).to.have.length(32);
    const message = { id: 'a', at: new Date(0), body: '{}' };
    const both = signedHeaders(message, [one, other])['webhook-signature'] ?? '';
    const each = [one, other].map((secret) => signedHeaders(message, [secret])['webhook-signature']);
    expect(both).to.equal(each.join(' '));
  });
});
