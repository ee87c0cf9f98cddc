// A device's process for the disk-full test: signs long statements until the kit refuses one, then a short one, for which
// there is still room behind the last long one. Says what happened. Usage: node sign-until-refused.js FOLDER
import { DeviceError } from '../errors/device-error.js';
import { DeviceKit } from '../kit/device-kit.js';
import { numberedEvent } from './samples.js';

// With a handler in place, writing beyond the limit of a file's size fails as on a full disk, and does not kill.
process.on('SIGXFSZ', () => undefined);
const kit = DeviceKit.open(process.argv[2] ?? '');
const long = { 'psg:remark': 'long '.repeat(600) };
let code: string | undefined;
while (code === undefined) {
  try {
    kit.sign({ ...numberedEvent(kit.seq), ...long });
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    ({ code } = error);
  }
}
const before = kit.seq;
kit.sign(numberedEvent(before));
process.stdout.write(JSON.stringify({ code, before, after: kit.seq }));
