import type { Json } from '../../../vault/types.ts';

/** A value of a record as it is shown: text as it is, with line ends that a page shows, anything else as JSON. */
export function valueText(value: Json): string {
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : JSON.stringify(value);
}
