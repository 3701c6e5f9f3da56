type Plural = { readonly one: string; readonly other: string };
export type Catalogue = Readonly<Record<string, string | Plural>>;

type Named<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Named<Rest>
  : never;
type TextOf<Message> = Message extends string ? Message : Extract<Message[keyof Message], string>;
/** The names a message needs. A plural message always needs `count`. */
type NamesIn<Message> = Named<TextOf<Message>> | (Message extends string ? never : 'count');
export type ValuesOf<Message> = { readonly [Name in NamesIn<Message>]: string | number };

/** Gives the words for a key, with its values filled in. */
export type Say<Words extends Catalogue> = <Key extends keyof Words>(
  key: Key,
  ...values: [NamesIn<Words[Key]>] extends [never] ? [] : [ValuesOf<Words[Key]>]
) => string;

const numbers = new Intl.NumberFormat('en');
const plurals = new Intl.PluralRules('en');

/**
 * Speaks one catalogue. What only a page fetched later says has a catalogue of its own, fetched with that page.
 *
 * Numbers are grouped ("10,000").
 */
export function sayFrom<const Words extends Catalogue>(words: Words): Say<Words> {
  return (key, ...[values]) => {
    const message = words[key] as string | Plural;
    const given: Readonly<Record<string, string | number>> = values ?? {};
    const text = typeof message === 'string' ? message : message[formFor(Number(given.count))];
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = given[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
  };
}

function formFor(count: number): 'one' | 'other' {
  return plurals.select(count) === 'one' ? 'one' : 'other';
}
