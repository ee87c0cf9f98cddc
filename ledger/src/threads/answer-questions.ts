import { parentPort } from 'node:worker_threads';
import type { Message, Reply } from './thread-pool.js';

/** The thread's own side of a `ThreadPool`. */
export interface Answering<Notice, Question, Answer> {
  hear(notice: Notice): void;
  answer(question: Question): Answer;
}

/** Answers, in this thread, what a pool asks. An answer that cannot be given ends the thread. */
export function answerQuestions<Notice, Question, Answer>(by: Answering<Notice, Question, Answer>): void {
  const reply = (message: Reply<Answer>): void => parentPort?.postMessage(message);
  parentPort?.on('message', (message: Message<Notice, Question>) => {
    if ('notice' in message) by.hear(message.notice);
    else reply({ answer: by.answer(message.question) });
  });
  reply({ isReady: true });
}
