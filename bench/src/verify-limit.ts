import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

/** How many messages, and by how many keys: more than stay in the processor's caches beside each other. */
const MESSAGES = 2000;
const KEYS = 8;
const MESSAGE_BYTES = 1700;
const SECONDS = 2;

/** Checks signatures for a while, each with a key that was imported before, and nothing else; gives how many a second. */
function verified(): number {
  const keys = Array.from({ length: KEYS }, () => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
  const signed = Array.from({ length: MESSAGES }, (_, index) => {
    const { publicKey, privateKey } =
      keys[index % KEYS] ?? generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const message = new Uint8Array(MESSAGE_BYTES).fill(index);
    return { publicKey, message, signature: sign('sha256', message, privateKey) };
  });
  const began = performance.now();
  const end = began + SECONDS * 1000;
  let count = 0;
  while (performance.now() < end) {
    for (const { publicKey, message, signature } of signed) verify('sha256', message, publicKey, signature);
    count += signed.length;
  }
  return (count * 1000) / (performance.now() - began);
}

/** `verify-limit.js THREADS` prints how many P-256 signatures Node's own check takes a second, in so many threads. */
if (isMainThread) {
  const threads = Array.from(
    { length: Number(process.argv[2] ?? '1') },
    () => new Worker(new URL(import.meta.url), { workerData: 'verify' }),
  );
  const counts = await Promise.all(
    threads.map((thread) => new Promise<number>((resolve) => thread.once('message', resolve))),
  );
  process.stdout.write(`${String(counts.reduce((sum, count) => sum + count, 0))}\n`);
} else if (workerData === 'verify') {
  parentPort?.postMessage(verified());
}
