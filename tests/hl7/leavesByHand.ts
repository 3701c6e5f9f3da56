/** Fields that may tell who somebody is, written down once more: see hl7.md 2.1. */
const FIELDS: Record<string, number[]> = {
  PID: [2, 3, 4, 5, 6, 7, 9, 11, 12, 13, 14, 18, 19, 20, 21, 23, 29],
  NK1: [2, 4, 5, 6, 12, 16, 26, 30, 31, 32, 33, 37, 38],
  GT1: [2, 3, 4, 5, 6, 7, 8, 12, 16, 17, 18, 19, 42, 45, 46, 56],
  IN1: [6, 7, 8, 10, 11, 16, 18, 19, 36, 44, 49, 52],
  PV1: [7, 8, 9, 17, 19, 50, 52],
};

export interface ByHand {
  /** The values in identifying fields, in order. */
  readonly values: string[];
  /** Where each stands. */
  readonly places: string[];
  /** All the rest of the text: what is before, between and behind the values. */
  readonly around: string[];
}

/** Takes a text apart by splitting, line by line: an oracle that shares nothing with the product's reading. */
export function leavesByHand(text: string): ByHand {
  const values: string[] = [];
  const places: string[] = [];
  const around: string[] = [''];
  const put = (rest: string) => {
    around[around.length - 1] += rest;
  };
  let [field, component, repetition, subcomponent] = ['|', '^', '~', '&'];
  let isFirst = true;
  for (const piece of text.split(/([\r\n]+)/)) {
    const mark = isFirst ? (/^\uFEFF+/.exec(piece)?.[0] ?? '') : '';
    const line = piece.slice(mark.length);
    if (/\S/.test(line)) isFirst = false;
    put(mark);
    if (/^(?:MSH|FHS|BHS)/.test(line)) [field, component, repetition, subcomponent] = delimitersIn(line);
    const [name = '', ...all] = line.split(field);
    const known = FIELDS[name];
    if (!known) {
      put(line);
      continue;
    }
    put(name);
    for (const [i, whole] of all.entries()) {
      put(field);
      if (!known.includes(i + 1)) {
        put(whole);
        continue;
      }
      split(
        whole,
        [repetition, component, subcomponent],
        [],
        (value, numbers) => {
          values.push(value);
          places.push(`${name}-${i + 1}.${numbers.slice(1).join('.')}`);
          around.push('');
        },
        put,
      );
    }
  }
  return { values, places, around };
}

function split(
  text: string,
  [separator, ...inner]: readonly string[],
  numbers: readonly number[],
  take: (value: string, numbers: readonly number[]) => void,
  put: (rest: string) => void,
): void {
  if (separator === undefined) {
    take(text, numbers);
    return;
  }
  const pieces = separator === '' ? [text] : text.split(separator);
  for (const [i, piece] of pieces.entries()) {
    if (i > 0) put(separator);
    split(piece, inner, [...numbers, i + 1], take, put);
  }
}

/** Empty where the header names none that can work. */
function delimitersIn(line: string): [string, string, string, string] {
  const field = line[3] ?? '';
  if (!divides(field)) return ['|', '^', '~', '&'];
  const named = line.slice(4).split(field)[0] ?? '';
  if (named === '') return [field, '^', '~', '&'];
  const taken = [field];
  const claim = (character = '') => {
    if (!divides(character) || taken.includes(character)) return '';
    taken.push(character);
    return character;
  };
  const repetition = claim(named[1]);
  const component = claim(named[0]);
  const subcomponent = claim(named[3]);
  return [field, component, repetition, subcomponent];
}

function divides(character: string): boolean {
  return /^[\p{P}\p{S}]$/u.test(character);
}
