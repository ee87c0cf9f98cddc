export { answerQuestions } from './answer-questions.js';
export { FactPool } from './fact-pool.js';
export type { RecordedBlocks } from './fact-pool.js';
export { FinderPool } from './finder-pool.js';
export type { FinderNotice } from './finder-pool.js';
export { ThreadPool } from './thread-pool.js';
export { release } from './release.js';
