import { describe, expect, test } from 'vitest';
import { edited, findLostBreaks, openText, parse } from '../../src/hl7/index.ts';

describe('opening text', () => {
  test.each(['', 'MSH|^~\\&|A\r\nPID|1\n\n', 'PID|a\vb|c\x1Cd|\uFEFFe', ' \r\n'])(
    'plain text stays as it is: %j',
    (text) => {
      expect(openText(text)).toEqual({ text, messages: [text], removed: { byteOrderMarks: 0, frames: 0 } });
    },
  );

  test('one framed message loses its frame', () => {
    expect(openText('\vMSH|^~\\&|A\rPID|1\r\x1C\r')).toEqual({
      text: 'MSH|^~\\&|A\rPID|1\r',
      messages: ['MSH|^~\\&|A\rPID|1\r'],
      removed: { byteOrderMarks: 0, frames: 1 },
    });
  });

  test('half a frame is one too', () => {
    expect(openText('\vMSH|^~\\&|A').removed.frames).toBe(1);
    expect(openText('MSH|^~\\&|A\x1C\r')).toMatchObject({ text: 'MSH|^~\\&|A', removed: { frames: 1 } });
  });

  test('messages of several frames do not run into each other', () => {
    const { text, messages } = openText('\vMSH|^~\\&|A\x1C\r\n\vMSH|^~\\&|B\x1C\v\uFEFFMSH|^~\\&|C\x1C');
    expect(messages).toEqual(['MSH|^~\\&|A', 'MSH|^~\\&|B', 'MSH|^~\\&|C']);
    expect(parse(text).segments.map((segment) => segment.name)).toEqual(['MSH', 'MSH', 'MSH']);
  });
});

describe('lost line breaks', () => {
  const split = (text: string) => edited(text, findLostBreaks(text)).text;

  test('are found where a segment name stands in mid-line', () => {
    expect(split('MSH|^~\\&|A|||||ADT^A01|1|P|2.5 PID|1||0^^^X PV1|1|I')).toBe(
      'MSH|^~\\&|A|||||ADT^A01|1|P|2.5\rPID|1||0^^^X\rPV1|1|I',
    );
    expect(split('MSH|^~\\&|A|2.5PID|1||0PV1|1ZPI|x')).toBe('MSH|^~\\&|A|2.5\rPID|1||0\rPV1|1\rZPI|x');
  });

  test('are found where they were written out', () => {
    expect(split('MSH|^~\\&|A\\rPID|1\\r\\nPV1|1\\nNTE|1')).toBe('MSH|^~\\&|A\rPID|1\rPV1|1\rNTE|1');
  });

  test('are found with the delimiters in use', () => {
    expect(split('MSH#^~\\&#A PID#1 PV1|x')).toBe('MSH#^~\\&#A\rPID#1 PV1|x');
  });

  test.each([
    'MSH|^~\\&|A\rPID|1\rPV1|1',
    'ERR|PID^1|PV1|x',
    'QPD|a^PID|PID|b',
    'NTE|1|see PID for more',
    'MSH|^~\\&|A\rNTE|1|RAPID|x',
    'NTE|1|RAPID^x',
    '',
  ])('are not seen in sound text: %j', (text) => {
    expect(findLostBreaks(text)).toEqual([]);
  });
});
