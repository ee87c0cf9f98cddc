import { alertKinds } from '@passage/domain';
import { expect } from 'chai';

import { AlertStage } from '../testing/alert-stage.js';
import { alertStories } from '../testing/alert-stories/index.js';
import { tellingOn, type Telling } from '../testing/alert-stories/story.js';

describe('every alert, from what the ledger has of a consignment and of what it lies in', () => {
  let telling: Telling;

  before(async () => {
    telling = tellingOn(await AlertStage.open());
  });
  after(() => telling.stage.close());

  for (const { about, tell } of alertStories) it(about, () => tell(telling));

  it('is each of them', () => {
    expect([...telling.raised].sort()).to.deep.equal([...alertKinds].sort());
  });
});
