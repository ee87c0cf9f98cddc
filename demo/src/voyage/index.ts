export { consignmentOf } from './consignment.js';
