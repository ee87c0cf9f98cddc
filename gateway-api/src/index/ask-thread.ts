import type { Worker } from 'node:worker_threads';

/** A thread's answer to one question; it is asked one at a time. Throws where the thread ends or fails. */
export function askThread<Answer>(thread: Worker, question: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number): void => {
      settle(() => {
        reject(new Error(`the thread ended (${String(code)})`));
      });
    };
    const failed = (error: unknown): void => {
      settle(() => {
        reject(error instanceof Error ? error : new Error(String(error)));
      });
    };
    const answered = (answer: Answer): void => {
      settle(() => {
        resolve(answer);
      });
    };
    const settle = (then: () => void): void => {
      thread.off('exit', ended).off('error', failed).off('message', answered);
      then();
    };
    thread.once('exit', ended).once('error', failed).once('message', answered);
    thread.postMessage(question);
  });
}
