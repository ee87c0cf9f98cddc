import { expect } from 'chai';

import { exampleStory } from '../testing/example-story.js';
import { placeOfIndex } from '../testing/test-index.js';
import type { TestGateway } from '../testing/test-gateway.js';
import { alertFinder } from './alert-finder.js';
import type { AlertFinder } from './alert-finder.js';
import { startFinderThread } from './finder-thread.js';

describe('the thread that finds alerts', function () {
  this.timeout(30_000);
  let gateway: TestGateway;
  let thread: AlertFinder;
  before(async () => {
    gateway = await exampleStory();
    thread = startFinderThread({ place: await placeOfIndex(gateway.folder) });
  });
  after(async () => {
    await thread.close();
    await gateway.remove();
  });

  it('finds what is found without it', async () => {
    const here = alertFinder(gateway.gateway.services.whole);
    const newest = await gateway.ledger.newest();
    const touched = await thread.touched(0, newest);
    expect(touched).to.include('6KRIMPORTER1-SEAL');
    expect(touched).to.deep.equal(await here.touched(0, newest));
    const noticed = await thread.noticed('6KRIMPORTER1-SEAL');
    expect(noticed.map(({ alert }) => alert.kind)).to.include('seal_opened');
    expect(noticed).to.deep.equal(await here.noticed('6KRIMPORTER1-SEAL'));
  });

  it('fails one question at a time', async () => {
    await thread.close();
    const broken = startFinderThread({ place: '/dev/null/index.sqlite' });
    let code: unknown;
    await broken.noticed('6KRIMPORTER1-SEAL').catch((error: unknown) => (code = error));
    await broken.close();
    expect(code).to.be.instanceOf(Error);
    expect(await thread.noticed('6KRIMPORTER1-HELD')).to.be.an('array');
  });
});
