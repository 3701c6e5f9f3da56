import type { Database } from './database.ts';
import type { Told } from './lines.ts';
import { parsed } from './pages.ts';
import type { Stored } from './stored.ts';
import type { Templates } from './templates.ts';

/** What was found, in sentences: what is there, what could not be read, and what was not checked. */
export function sayFound(stored: Stored, { last }: Told, { rows, damaged }: Templates): string[] {
  const { count } = (parsed(stored.texts['hl7-workbench:witness'] ?? '') ?? {}) as { count?: unknown };
  const failures = [...failuresIn(stored.own), ...failuresIn(stored.old)];
  return [
    last
      ? `Last change: ${new Date(last.at).toLocaleString()}. After it there were ${listed(last.count)}.`
      : count
        ? `No change of the app can be read, but this browser remembers ${listed(count)}.`
        : 'No change of the app can be read here.',
    `Templates that can be read: ${rows.length}.`,
    ...(failures.length > 0 ? [`Could not be read: ${failures.join(', ')}.`] : []),
    damaged === null
      ? 'Checksums were not checked: this browser does it over https only.'
      : `Templates that do not match their checksum: ${damaged}${damaged ? ', marked in their names' : ''}.`,
    'Not checked here: whether anything is missing, and the order of changes. The app does that.',
  ];
}

function listed(count: unknown): string {
  return (
    Object.entries(count as object)
      .map(([store, records]) => `${records} ${store}`)
      .join(', ') || 'no records'
  );
}

function failuresIn({ name, stores, error }: Database): string[] {
  if (error) return [`${name} (${error})`];
  return (stores ?? []).flatMap((store) => {
    const failed = store.values.filter((found) => 'error' in found).length;
    if (store.error) return [`${store.name} (${store.error})`];
    return failed > 0 ? [`${failed} of ${store.name}`] : [];
  });
}
