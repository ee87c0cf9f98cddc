import type { Scenario } from '../scenario.js';
import type { Stage } from '../stage.js';

/** What the fixture refuses, cannot do, or does differently everywhere. */
export const refusals: readonly Scenario[] = [
  {
    name: 'refusals by the chaincode',
    async play(stage: Stage): Promise<void> {
      const fail = { name: 'fail', args: ['NOT_YOURS: hands off {"a":1}'] };
      await stage.evaluate('evaluated', fail);
      await stage.submit('endorsed', fail);
      await stage.submit('by named endorsers', { ...fail, endorsers: ['port', 'business'] });
      await stage.evaluate('an unknown command', { name: 'nothing-of-the-kind' });
      await stage.submit('endorsers that do not agree', { name: 'differ' });
      await stage.evaluate('one of them asked', { name: 'getPolicy', args: ['no-such-key'] });
      await stage.evaluate('a rich query', { name: 'richQuery' });
    },
  },
  {
    name: 'calls of other chaincodes',
    async play(stage: Stage): Promise<void> {
      const { chaincode, channel } = stage.network;
      const call = (step: string, ...args: string[]): Promise<void> =>
        stage.evaluate(step, { name: 'invokeOther', args });
      await call('of one that is not there', 'other', '', 'get');
      await call('on the same channel, named', 'other', channel, 'get');
      await call('on another channel', chaincode, 'nowhere', 'get', 'a');
      await call('of itself', chaincode, '', 'get', 'a');
      await stage.submit('in a transaction', { name: 'invokeOther', args: ['other', '', 'get'] });
    },
  },
  {
    name: 'what does not exist',
    async play(stage: Stage): Promise<void> {
      await stage.evaluate('a chaincode, evaluated', { name: 'get', chaincode: 'elsewhere' });
      await stage.submit('a chaincode, endorsed', { name: 'get', chaincode: 'elsewhere' });
      await stage.submit('a chaincode, at named endorsers', {
        name: 'get',
        chaincode: 'elsewhere',
        endorsers: ['customs', 'port'],
      });
      await stage.evaluate('a channel, evaluated', { name: 'get', channel: 'nowhere' });
      await stage.submit('a channel, endorsed', { name: 'get', channel: 'nowhere' });
      await stage.submit('an organisation', { name: 'get', args: ['a'], mspIds: ['CustomsMSP', 'NoMSP'] });
      await stage.evaluate('an organisation, evaluated', { name: 'get', args: ['a'], mspIds: ['NoMSP'] });
    },
  },
];
