import { checkFile } from './check-file.js';
import { showSheet } from './show-sheet.js';

/** An element of page.html by its id. */
function the<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new TypeError(`the page has no ${id}`);
}

const form = the('form', HTMLFormElement);
const file = the('file', HTMLInputElement);
const genesis = the('genesis', HTMLInputElement);
const result = the('result', HTMLElement);
const busy = the('busy', HTMLElement);

/** After the browser has painted what was changed: checking keeps it from painting. */
const painted = (): Promise<void> => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));

async function check(chosen: File): Promise<void> {
  busy.textContent = `Checking ${chosen.name} …`;
  await painted();
  try {
    const bytes = new Uint8Array(await chosen.arrayBuffer());
    showSheet(result, chosen.name, checkFile(bytes, genesis.value.trim().toLowerCase()));
  } finally {
    busy.textContent = '';
  }
  document.getElementById('verdict')?.focus();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const [chosen] = file.files ?? [];
  if (chosen !== undefined) void check(chosen);
});

// A file that is dropped anywhere becomes the chosen one; a browser left alone would open it instead of the page.
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  form.classList.add('over');
});
document.addEventListener('dragleave', () => form.classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  form.classList.remove('over');
  const files = event.dataTransfer?.files;
  if (files === undefined || files.length === 0) return;
  file.files = files;
  form.requestSubmit();
});
