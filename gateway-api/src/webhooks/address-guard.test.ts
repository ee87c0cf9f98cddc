import { expect } from 'chai';

import { Refusal } from '../errors.js';
import { AddressGuard, isNetwork } from './address-guard.js';

describe('where webhooks may go', () => {
  const strict = new AddressGuard({ loopback: false, networks: [] });
  const local = new AddressGuard({ loopback: true, networks: ['10.20.0.0/16', 'fd00:1::/32'] });
  const isTaken = (guard: AddressGuard, url: string): boolean => {
    try {
      guard.url(url);
      return true;
    } catch (error) {
      expect(error).to.be.instanceOf(Refusal).with.property('code', 'WEBHOOK_REFUSED');
      return false;
    }
  };
  const looked = (guard: AddressGuard, host: string): Promise<unknown> =>
    new Promise((done) => {
      guard.lookup(host, {}, (error, address) => {
        done(error ?? address);
      });
    });

  it('is https to public addresses', () => {
    expect(isTaken(strict, 'https://port.example/hooks?x=1')).to.equal(true);
    expect(isTaken(strict, 'https://93.184.216.34:8443/')).to.equal(true);
    expect(isTaken(strict, 'https://[2606:2800:220:1::1]/')).to.equal(true);
  });

  for (const url of [
    'http://port.example/',
    'ftp://port.example/',
    'file:///etc/passwd',
    'https://user@port.example/',
    'https://port.example/#part',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://[64:ff9b::a00:1]/',
    'https://[2002:7f00:1::]/',
    'https://10.1.2.3/',
    'https://172.20.0.1/',
    'https://192.168.1.1/',
    'https://169.254.169.254/latest/meta-data',
    'https://100.64.0.1/',
    'https://0.0.0.0/',
    'https://224.0.0.1/',
    'https://255.255.255.255/',
    'https://[fe80::1]/',
    'https://[fd00::1]/',
    'nonsense',
  ]) {
    it(`is not ${url}`, () => {
      expect(isTaken(strict, url)).to.equal(false);
    });
  }

  it('is loopback where development allows it, and private networks that are named', () => {
    for (const url of [
      'http://127.0.0.1:9/x',
      'http://localhost:9/',
      'http://[::1]:9/',
      'https://10.20.3.4/',
    ])
      expect(isTaken(local, url), url).to.equal(true);
    expect(isTaken(local, 'https://[fd00:1::5]/')).to.equal(true);
    for (const url of ['http://10.20.3.4/', 'https://10.21.0.1/', 'http://port.example/'])
      expect(isTaken(local, url), url).to.equal(false);
  });

  it('is judged by the address that a name has when it is called', async () => {
    expect(await looked(strict, 'localhost'))
      .to.be.instanceOf(Refusal)
      .with.property('code', 'WEBHOOK_REFUSED');
    expect(await looked(local, 'localhost')).to.match(/^(127\.0\.0\.1|::1)$/);
  });

  it('tells networks from other texts', () => {
    for (const text of ['10.0.0.0/8', 'fd00::/8', '192.168.1.7/32'])
      expect(isNetwork(text), text).to.equal(true);
    for (const text of ['10.0.0.0', '10.0.0.0/33', 'fd00::/129', 'host/8', '1.2.3.4/8/8', ''])
      expect(isNetwork(text), text).to.equal(false);
  });
});
