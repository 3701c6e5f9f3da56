import { expect, test } from 'vitest';
import type { Template } from '../../../src/app/stores/templates.ts';
import {
  copyNameFor,
  isTypeOverridden,
  missingParts,
  withContent,
} from '../../../src/app/templates/templateContent.ts';

const template = (change: Partial<Template> = {}): Template => ({
  id: 't',
  name: 'Admit',
  description: '',
  messageType: 'ADT-A01',
  content: 'MSH|^~\\&|A|B|C|D|20260101||ADT^A01|1|P|2.5',
  createdAt: 0,
  ...change,
});

test('[P12] the type follows the content, for any type there is', () => {
  for (const [written, type] of [
    ['ADT^A08^ADT_A01', 'ADT-A08'],
    ['MDM^T02', 'MDM-T02'],
    ['ACK', 'ACK'],
    ['ZZZ^Z99', 'ZZZ-Z99'],
  ]) {
    const content = `MSH|^~\\&|A|B|C|D|20260101||${written}|1|P|2.5`;
    expect(withContent(template(), content).messageType).toBe(type);
  }
  expect(withContent(template(), 'PID|1').messageType).toBe('UNKNOWN');
});

test('[P12] a type that a person chose stays, whatever the content says', () => {
  const chosen = template({ messageType: 'ADT-A40' });
  expect(isTypeOverridden(chosen)).toBe(true);
  expect(withContent(chosen, 'MSH|^~\\&|A|B|C|D|20260101||ORU^R01|1|P|2.5').messageType).toBe('ADT-A40');
});

test('[P12] a type written with its structure is the type of the content, not one of its own', () => {
  expect(isTypeOverridden(template({ messageType: 'ADT-A01^ADT_A01' }))).toBe(false);
});

test('content is kept byte for byte, and members this app does not know are kept', () => {
  const content = 'MSH|^~\\&|A\r\n\nPID|1\r';
  const changed = withContent({ ...template(), later: { x: 1 } }, content);
  expect(changed.content).toBe(content);
  expect(changed).toMatchObject({ later: { x: 1 }, id: 't', createdAt: 0 });
});

test('copies count up from what is there', () => {
  expect(copyNameFor('X', ['X'])).toBe('X copy');
  expect(copyNameFor('X', ['X', 'X copy'])).toBe('X copy 2');
  expect(copyNameFor('X', ['X', 'X copy', 'X copy 2', 'X copy 4'])).toBe('X copy 3');
  expect(copyNameFor('X copy', ['X', 'X copy'])).toBe('X copy copy');
});

test('name and content are required, blanks do not count', () => {
  expect(missingParts({ name: ' ', content: '\r\n' })).toEqual(new Set(['name', 'content']));
  expect(missingParts({ name: 'A', content: 'MSH|' }).size).toBe(0);
});
