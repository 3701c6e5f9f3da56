import type { Envelope, Json } from '../../vault/types.ts';
import { storeWords } from '../problem/storeWords.ts';
import { sayProblem } from '../words/sayProblem.ts';

/** What a person knows a record by. */
export function recordTitle(store: string, data: Json | undefined): string {
  const shown = shownOf(data);
  const name = isNamed(shown) && typeof shown.name === 'string' ? shown.name.trim() : '';
  if (name) return name;
  return store === 'templates' || store === 'drafts' ? sayProblem('recovery.unnamed') : storeWords(store);
}

/** What is in it, to be looked at: the message of a template, or else all of it. */
export function recordText({ data }: Pick<Envelope, 'data'>): string {
  const shown = shownOf(data);
  const text = isNamed(shown) ? (shown.content ?? shown.text) : undefined;
  // Segments end with a carriage return, which no browser shows as a line.
  if (typeof text === 'string') return text.replace(/\r\n?/g, '\n');
  return JSON.stringify(shown, null, 2);
}

/** A draft carries the record that it is to become. */
function shownOf(data: Json | undefined): Json | undefined {
  return isNamed(data) && typeof data.store === 'string' && data.data !== undefined ? data.data : data;
}

function isNamed(data: Json | undefined): data is { [member: string]: Json } {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
