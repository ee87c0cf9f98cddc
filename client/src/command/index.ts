export { actCommand } from './act-command.js';
