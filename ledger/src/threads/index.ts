export { FactPool } from './fact-pool.js';
