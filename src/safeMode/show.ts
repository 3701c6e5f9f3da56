import type { Database, Value } from './database.ts';
import type { Stored } from './stored.ts';

/** The person's own choice of light or dark, where there is one. */
export function paint(theme: string | undefined): void {
  if (theme === 'light' || theme === 'dark') document.documentElement.style.colorScheme = theme;
}

/** Puts sentences where the page says how it stands. */
export function say(sentences: string[]): void {
  element('status').replaceChildren(...sentences.flatMap((text) => [text, document.createElement('br')]));
}

/** Lets a button hand out a file, made when it is pressed. File names never carry contents. */
export function offer(id: string, name: string, make: () => string): void {
  const button = element(id) as HTMLButtonElement;
  button.disabled = false;
  button.onclick = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([make()], { type: 'application/json' }));
    link.download = `hl7-helper-${name}-${new Date().toISOString().slice(0, 10)}.json`;
    link.click();
    // The browser reads the address after the click has returned.
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };
}

/** Lists every place, how much lies in it, and how large it is. */
export function showPlaces({ own, old, texts }: Stored): void {
  showDatabase(own);
  showDatabase(old);
  const sizes = Object.entries(texts).map(([key, text]) => key.length + text.length);
  showPlace('localStorage', sizes);
}

function showDatabase({ name, stores, error }: Database): void {
  if (stores?.length)
    for (const store of stores) showPlace(`${name} ${store.name}`, store.values.map(sizeOf));
  else showPlace(name, error ?? 'not there');
}

function showPlace(place: string, found: number[] | string): void {
  const row = document.querySelector('tbody')?.insertRow();
  if (!row) return;
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = place;
  row.append(head);
  row.insertCell().textContent = typeof found === 'string' ? found : `${found.length}`;
  row.insertCell().textContent =
    typeof found === 'string' ? '' : `${Math.ceil(found.reduce((sum, size) => sum + size, 0) / 1000)} kB`;
}

/** In bytes, of what is no bytes as JSON. */
function sizeOf(found: Value): number {
  if ('error' in found) return 0;
  return found.value instanceof Uint8Array ? found.value.length : (JSON.stringify(found.value) ?? '').length;
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(id);
  return found;
}
