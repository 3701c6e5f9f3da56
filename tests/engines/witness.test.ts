import { expect, test } from 'vitest';
import { readWitness, type Witness, writeWitness } from '../../src/engines/witness.ts';
import { testEnvironment } from '../support/environment.ts';

const witness = (seq: number, vault = 'v-1'): Witness => ({
  vault,
  seq,
  seal: 'ab'.repeat(32),
  count: { templates: 3, settings: 1 },
});
const KEY = 'hl7-workbench:witness';

test('a witness that was written is read again; where there was none it is absent', () => {
  const environment = testEnvironment();
  expect(readWitness(environment)).toEqual({ kind: 'absent' });
  writeWitness(environment, witness(4));
  expect(readWitness(environment)).toEqual({ kind: 'witness', witness: witness(4) });
  expect(readWitness(environment, 'another')).toEqual({ kind: 'absent' });
});

test('a late tab does not move the witness back; another vault does replace it', () => {
  const environment = testEnvironment();
  writeWitness(environment, witness(5));
  writeWitness(environment, witness(4));
  expect(readWitness(environment)).toMatchObject({ witness: { seq: 5 } });
  writeWitness(environment, witness(5));
  writeWitness(environment, witness(1, 'v-2'));
  expect(readWitness(environment)).toMatchObject({ witness: { vault: 'v-2', seq: 1 } });
});

test.each([
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['nothing', '{}'],
  ['no vault', JSON.stringify({ ...witness(1), vault: 1 })],
  ['a broken seq', JSON.stringify({ ...witness(1), seq: 1.5 })],
  ['a negative seq', JSON.stringify({ ...witness(1), seq: -1 })],
  ['a seal that is none', JSON.stringify({ ...witness(1), seal: 'AB'.repeat(32) })],
  ['a seal of another type', JSON.stringify({ ...witness(1), seal: 7 })],
  ['no count', JSON.stringify({ ...witness(1), count: null })],
  ['a count that is none', JSON.stringify({ ...witness(1), count: { templates: '3' } })],
])('a damaged witness (%s) is unreadable, never absent, and is replaced by the next one', (_, text) => {
  const environment = testEnvironment();
  environment.localStorage?.()?.setItem(KEY, text);
  expect(readWitness(environment)).toEqual({ kind: 'unreadable' });
  writeWitness(environment, witness(2));
  expect(readWitness(environment)).toMatchObject({ kind: 'witness' });
});

test('[F29] a storage that is not there or throws is unreadable: nothing is known', () => {
  expect(readWitness(testEnvironment({ without: ['localStorage'] }))).toEqual({ kind: 'unreadable' });
  const insecure = {
    localStorage: () => {
      throw new DOMException('', 'SecurityError');
    },
  };
  expect(readWitness(insecure)).toEqual({ kind: 'unreadable' });
  expect(() => writeWitness(insecure, witness(1))).toThrowError(expect.objectContaining({ class: 'denied' }));
  expect(readWitness({})).toEqual({ kind: 'unreadable' });
});
