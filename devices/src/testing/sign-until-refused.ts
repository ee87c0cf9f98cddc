// A device's process for the disk-full test: signs until the kit refuses, then says why and how far it came.
// Usage: node sign-until-refused.js FOLDER
import { DeviceError } from '../errors/device-error.js';
import { DeviceKit } from '../kit/device-kit.js';
import { numberedEvent } from './samples.js';

// With a handler in place, writing beyond the limit of a file's size fails as on a full disk, and does not kill.
process.on('SIGXFSZ', () => undefined);
const kit = DeviceKit.open(process.argv[2] ?? '');
for (let refusals: string[] = []; ;) {
  try {
    kit.sign(numberedEvent(kit.seq));
  } catch (error) {
    refusals = [...refusals, error instanceof DeviceError ? error.code : String(error)];
    if (refusals.length < 2) continue;
    process.stdout.write(JSON.stringify({ refusals, seq: kit.seq, waiting: kit.queue().length }));
    break;
  }
}
