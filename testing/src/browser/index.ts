export { needBrowser } from './need-browser.js';
export { scriptForBrowser } from './script-for-browser.js';
