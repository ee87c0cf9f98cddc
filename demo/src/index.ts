export { demoCommand } from './command.js';
