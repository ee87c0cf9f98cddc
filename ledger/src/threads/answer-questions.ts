import { parentPort } from 'node:worker_threads';
import type { Message } from './thread-pool.js';

/** The thread's own side of a `ThreadPool`. */
export interface Answering<Notice, Question, Answer> {
  hear(notice: Notice): void;
  answer(question: Question): Answer;
}

/** Answers, in this thread, what a pool asks. An answer that cannot be given ends the thread. */
export function answerQuestions<Notice, Question, Answer>(by: Answering<Notice, Question, Answer>): void {
  parentPort?.on('message', (message: Message<Notice, Question>) => {
    if ('notice' in message) by.hear(message.notice);
    else parentPort?.postMessage(by.answer(message.question));
  });
}
