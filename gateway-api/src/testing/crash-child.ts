/**
 * A gateway in a process of its own, to be killed: takes statements from its parent's messages, and acknowledges each
 * when its outbox has it. The ledger is a file that outlives it.
 */
import { FakeLedger } from './fake-ledger.js';
import { idsAt } from './read.js';
import { recordStatements } from './story.js';
import { TestGateway } from './test-gateway.js';

const [file = '', folder = ''] = process.argv.slice(2);
const ledger = new FakeLedger(file);
// Half of the answers get lost, so that a kill finds transactions in every state.
let count = 0;
ledger.faults = { broadcast: () => ([undefined, 'before', 'after'] as const)[count++ % 3] };

const settings = { batch: { count: 7, bytes: 1_000_000, ms: 2 }, outboxLimit: 100_000 };
const gateway = await (await TestGateway.open({ ledger, folder, settings, init: false })).start();
process.send?.({ ready: true });

process.on('message', (message: { statements: string[] }) => {
  void (async () => {
    const taken = await recordStatements(gateway, message.statements);
    process.send?.({ accepted: idsAt(taken, 'accepted') });
  })();
});
