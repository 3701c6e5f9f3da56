import { messages } from './messages.en.ts';

export type MessageKey = keyof typeof messages;

type Named<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never;
type TextOf<Message> = Message extends string ? Message : Extract<Message[keyof Message], string>;
/** The names a message needs. A plural message always needs `count`. */
type NamesIn<Key extends MessageKey> =
  | Named<TextOf<(typeof messages)[Key]>>
  | ((typeof messages)[Key] extends string ? never : 'count');
export type ValuesOf<Key extends MessageKey> = { readonly [Name in NamesIn<Key>]: string | number };

const numbers = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');

/**
 * The words for a key, with its values filled in. Numbers are grouped ("10,000").
 *
 * @example say('templates.count', { count: 148 }) // '148 templates'
 */
export function say<Key extends MessageKey>(
  key: Key,
  ...[values]: [NamesIn<Key>] extends [never] ? [] : [ValuesOf<Key>]
): string {
  const message: string | { readonly one: string; readonly other: string } = messages[key];
  const given: Readonly<Record<string, string | number>> = values ?? {};
  const text = typeof message === 'string' ? message : message[formFor(Number(given.count))];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = given[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? numbers.format(value) : value;
  });
}

function formFor(count: number): 'one' | 'other' {
  return plurals.select(count) === 'one' ? 'one' : 'other';
}
